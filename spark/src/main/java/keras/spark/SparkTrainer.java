package keras.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import keras.callbacks.Callback;
import keras.callbacks.History;
import keras.models.Model;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * Trains a compiled model on the executors of a Spark cluster, to the weights of one process at the
 * same global batch.
 *
 * <pre>{@code
 * model.compile(c -> c.loss("mse").optimizer("adam"));
 * History history =
 *     new SparkTrainer(model)
 *         .featuresCol("window")
 *         .labelCol("next")
 *         .workers(4)
 *         .batchSize(256)
 *         .epochs(10)
 *         .checkpointDir("hdfs-mount/run-7")
 *         .fit(rows);
 * }</pre>
 *
 * <p>Each worker is a task that keeps its part of the rows in memory. They start together, in a
 * barrier stage, so there must be a free core for each. They talk to each other over TensorFlow's
 * servers, on ports of their own: see {@link #ports} and docs/distribute.md, also for who else can
 * reach these.
 */
public final class SparkTrainer {

  private static final Logger LOG = LoggerFactory.getLogger(SparkTrainer.class);
  private static final String VALIDATION = "__validation";
  private static final String PLACE = "__place";

  /** The properties of a thread that a job group is made of. */
  private static final List<String> GROUP_PROPERTIES =
      List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel");

  private static final int FIRST_PORT = 42_000;
  private static final int LAST_PORT = 42_999;

  /** Makes the callbacks of a worker, in its own JVM. */
  public interface Callbacks extends Supplier<List<Callback>>, Serializable {}

  private final Model model;
  private final Plan plan = new Plan();
  private List<String> features = List.of("features");
  private List<String> labels = List.of("label");
  private String weight;
  private Dataset<Row> validation;
  private int workers;
  private int restarts = 3;
  private Consumer<String> progress = System.out::println;

  /**
   * A trainer.
   *
   * @param model compiled and with weights; {@code fit} changes it
   * @throws IllegalArgumentException if it is not compiled
   */
  public SparkTrainer(Model model) {
    this.model = Objects.requireNonNull(model, "model");
    if (model.optimizer() == null) {
      throw new IllegalArgumentException(
          "SparkTrainer: the model is not compiled.\n  expected: a call of compile before\n  got:     "
              + " none\n  fix:      model.compile(c -> c.loss(\"mse\").optimizer(\"adam\"))");
    }
    plan.firstPort = FIRST_PORT;
    plan.lastPort = LAST_PORT;
  }

  /**
   * Names the columns that the model is given.
   *
   * @param columns as in {@link SparkPredictor#featuresCol}; {@code "features"} by default
   * @return this trainer
   */
  public SparkTrainer featuresCol(String... columns) {
    features = named("featuresCol", columns);
    return this;
  }

  /**
   * Names the columns that the model shall give.
   *
   * @param columns {@code "label"} by default; for several outputs one for each, in their order. A
   *     class may be given by its number where the loss takes it so
   * @return this trainer
   */
  public SparkTrainer labelCol(String... columns) {
    labels = named("labelCol", columns);
    return this;
  }

  /**
   * Names the column that says how much a row counts. Keras: {@code sample_weight}.
   *
   * @param column by default there is none, and all rows count the same
   * @return this trainer
   */
  public SparkTrainer weightCol(String column) {
    weight = named("weightCol", column).get(0);
    return this;
  }

  /**
   * Sets how many tasks train together.
   *
   * @param value by default as many as there are executors, and one where there are none
   * @return this trainer
   */
  public SparkTrainer workers(int value) {
    workers = positive("workers", value);
    return this;
  }

  /**
   * Sets how many rows all workers together take in a step.
   *
   * @param value 32 by default
   * @return this trainer
   */
  public SparkTrainer batchSize(int value) {
    plan.batchSize = positive("batchSize", value);
    return this;
  }

  /**
   * Sets how many times the data are gone through.
   *
   * @param value 1 by default
   * @return this trainer
   */
  public SparkTrainer epochs(int value) {
    plan.epochs = positive("epochs", value);
    return this;
  }

  /**
   * Sets whether each worker goes through its rows in another order in each epoch.
   *
   * @param value true by default
   * @return this trainer
   */
  public SparkTrainer shuffle(boolean value) {
    plan.shuffle = value;
    return this;
  }

  /**
   * Sets the seed of shuffles, the same on all workers.
   *
   * @param value by default each run has another one
   * @return this trainer
   */
  public SparkTrainer seed(long value) {
    plan.seed = value;
    return this;
  }

  /**
   * Sets the rows that are measured after each epoch.
   *
   * @param rows with the same columns
   * @return this trainer
   */
  public SparkTrainer validationData(Dataset<Row> rows) {
    validation = rows;
    return this;
  }

  /**
   * Sets the callbacks, of which each worker makes its own; those that write run in worker 0 alone.
   *
   * @param value makes them
   * @return this trainer
   */
  public SparkTrainer callbacks(Callbacks value) {
    plan.callbacks = value;
    return this;
  }

  /**
   * Sets where training is backed up after each epoch, so that it can go on after a failure.
   *
   * @param folder that all executors see at the same place
   * @return this trainer
   */
  public SparkTrainer checkpointDir(String folder) {
    plan.checkpointDir = folder;
    return this;
  }

  /**
   * Sets how often training goes on from the last backup after workers have failed.
   *
   * @param value 3 by default; it needs {@link #checkpointDir}
   * @return this trainer
   */
  public SparkTrainer maxRestarts(int value) {
    restarts = value;
    return this;
  }

  /**
   * Sets where a line with loss and metrics of each epoch goes. Executors send them with their
   * heartbeats, by default each ten seconds.
   *
   * @param reader is given each line, in the driver; {@code System.out::println} by default
   * @return this trainer
   */
  public SparkTrainer progress(Consumer<String> reader) {
    progress = Objects.requireNonNull(reader, "progress");
    return this;
  }

  /**
   * Sets the ports that workers may listen on.
   *
   * @param first the first one, 42000 by default
   * @param last the last one, 42999 by default
   * @return this trainer
   */
  public SparkTrainer ports(int first, int last) {
    if (first < 1 || last > 65_535 || last < first) {
      throw new IllegalArgumentException(
          "SparkTrainer.ports: expected 1 <= first <= last <= 65535, got "
              + first
              + " and "
              + last);
    }
    plan.firstPort = first;
    plan.lastPort = last;
    return this;
  }

  /**
   * Sets how long a worker waits for the slowest one.
   *
   * @param value two minutes by default
   * @return this trainer
   */
  public SparkTrainer timeout(Duration value) {
    if (value == null || value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "SparkTrainer.timeout: expected a time above 0, got " + value);
    }
    plan.timeout = value;
    return this;
  }

  /** Returns names of columns, of which none is missing. */
  static List<String> named(String argument, String... columns) {
    if (columns == null || columns.length == 0 || Arrays.asList(columns).contains(null)) {
      throw new IllegalArgumentException(
          argument + ": expected names of columns, got " + Arrays.toString(columns));
    }
    return List.of(columns);
  }

  private static int positive(String argument, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "SparkTrainer." + argument + ": expected at least 1, got " + value);
    }
    return value;
  }

  /**
   * Trains. The model gets the weights, and its optimizer what it remembers of them, so that
   * another {@code fit} goes on from there.
   *
   * @param rows with the columns that were named
   * @return loss and metrics of each epoch
   * @throws IllegalArgumentException if a column is missing, or a row cannot be read
   * @throws IllegalStateException if workers failed more often than {@link #maxRestarts} allows, or
   *     if the calling thread was interrupted, which ends the workers too
   */
  public History fit(Dataset<Row> rows) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    int executors = context.sc().statusTracker().getExecutorInfos().length - 1;
    plan.workers = workers > 0 ? workers : Math.max(1, executors);
    if (plan.batchSize < plan.workers) {
      throw new IllegalArgumentException(
          "SparkTrainer.batchSize: expected at least one row for each of "
              + plan.workers
              + " workers, got "
              + plan.batchSize);
    }
    StructType schema = rows.schema();
    plan.inputs = Rows.inputs(features, schema, ModelContent.inputs(model));
    plan.targets = Rows.targets(labels, schema, ModelContent.outputs(model));
    plan.weight = weight == null ? null : Rows.numbers("weightCol", weight, schema);
    plan.validationColumn = schema.size();
    plan.validates = validation != null;
    RDD<Row> parts = parts(rows, validation, plan.workers).toJavaRDD().rdd();
    Broadcast<byte[]> content = context.broadcast(ModelContent.of(model));
    CollectionAccumulator<String> lines = context.sc().collectionAccumulator("epochs");
    Progress shown = new Progress(lines, progress);
    context.sc().addSparkListener(shown);
    boolean interrupted = false;
    try {
      WorkerTask.Result result = trained(context, parts, new Work(plan, content, lines), shown);
      shown.show(lines.value());
      ModelContent.copy(result.model(), model);
      History history = new History();
      result.epochs().forEach(history::onEpochEnd);
      return history;
    } catch (IllegalStateException e) {
      interrupted = e.getCause() instanceof InterruptedException;
      throw e;
    } finally {
      context.sc().removeSparkListener(shown);
      content.destroy();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Returns one part for each worker, the same ones in the same order each time: Spark gives rows
   * in the order in which they come over the network.
   */
  static Dataset<Row> parts(Dataset<Row> rows, Dataset<Row> validation, int workers) {
    Dataset<Row> all = rows.withColumn(VALIDATION, functions.lit(false));
    if (validation != null) {
      all = all.unionByName(validation.withColumn(VALIDATION, functions.lit(true)));
    }
    return all.withColumn(PLACE, functions.monotonically_increasing_id())
        .repartition(workers)
        .sortWithinPartitions(PLACE);
  }

  /** Runs the workers, and again from the last backup if some have failed. */
  private WorkerTask.Result trained(
      JavaSparkContext context, RDD<Row> parts, Work work, Progress shown) {
    String group = "keras-java-" + UUID.randomUUID();
    Map<String, String> before = new HashMap<>();
    GROUP_PROPERTIES.forEach(key -> before.put(key, context.getLocalProperty(key)));
    context.setJobGroup(group, "SparkTrainer.fit", true);
    try {
      return trained(context, group, parts, work, shown);
    } finally {
      before.forEach(context::setLocalProperty);
    }
  }

  private WorkerTask.Result trained(
      JavaSparkContext context, String group, RDD<Row> parts, Work work, Progress shown) {
    ClassTag<WorkerTask.Result> tag = ClassTag$.MODULE$.apply(WorkerTask.Result.class);
    for (int attempt = 0; ; attempt++) {
      try {
        shown.begin();
        Object all = parts.barrier().mapPartitions(work, false, tag).collect();
        return ((WorkerTask.Result[]) all)[0];
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          context.cancelJobGroup(group);
          throw new IllegalStateException("SparkTrainer.fit: the thread was interrupted.", e);
        }
        if (!(e instanceof SparkException) || isOfUser(e)) {
          throw new IllegalArgumentException("SparkTrainer.fit: " + e.getMessage(), e);
        }
        if (plan.checkpointDir == null || attempt >= restarts) {
          throw new IllegalStateException(
              "SparkTrainer.fit: the workers have failed "
                  + (attempt + 1)
                  + " times; the last time: "
                  + e.getMessage(),
              e);
        }
        LOG.warn("The workers have failed, and go on from the last backup: {}", e.getMessage());
      }
    }
  }

  /** Tells whether it would fail in the same way again. */
  private static boolean isOfUser(Exception e) {
    return String.valueOf(e.getMessage()).contains("java.lang.IllegalArgumentException");
  }

  /** The function that Spark runs for each part of the rows. */
  private static final class Work
      extends AbstractFunction1<
          scala.collection.Iterator<Row>, scala.collection.Iterator<WorkerTask.Result>>
      implements Serializable {
    private static final long serialVersionUID = 1;

    private final Plan plan;
    private final Broadcast<byte[]> content;
    private final CollectionAccumulator<String> lines;

    Work(Plan plan, Broadcast<byte[]> content, CollectionAccumulator<String> lines) {
      this.plan = plan;
      this.content = content;
      this.lines = lines;
    }

    @Override
    public scala.collection.Iterator<WorkerTask.Result> apply(scala.collection.Iterator<Row> rows) {
      Iterator<Row> own = CollectionConverters.asJava(rows);
      return CollectionConverters.asScala(
          new WorkerTask(plan, lines::add).run(own, content.value()).iterator());
    }
  }
}
