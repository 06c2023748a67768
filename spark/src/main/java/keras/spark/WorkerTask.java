package keras.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import keras.callbacks.BackupAndRestore;
import keras.callbacks.Callback;
import keras.distribution.Collective;
import keras.distribution.DataParallel;
import keras.distribution.Distribution;
import keras.models.FitOptions;
import keras.models.Model;
import keras.models.Models;
import keras.utils.Utils;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.sql.Row;
import org.tensorflow.ndarray.FloatNdArray;

/** One worker of a training, in a task of a barrier stage. */
final class WorkerTask {

  private static final int LOOKS_EVERY_MILLIS = 100;

  private final Plan plan;
  private final Consumer<String> progress;
  private final BarrierTaskContext context = BarrierTaskContext.get();

  /**
   * @param progress is given a line after each epoch
   */
  WorkerTask(Plan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** The trained model and what was logged, of rank 0; other workers give none. */
  record Result(byte[] model, TreeMap<Integer, Map<String, Double>> epochs)
      implements java.io.Serializable {}

  /** The rows that a worker trains on, or validates on. */
  private static final class Data {
    private final List<Samples> x;
    private final List<Samples> y;
    private final Samples weight;

    Data(Plan plan) {
      x = plan.inputs.stream().map(Samples::new).toList();
      y = plan.targets.stream().map(Samples::new).toList();
      weight = plan.weight == null ? null : new Samples(plan.weight);
    }

    void add(Row row) {
      x.forEach(each -> each.add(row));
      y.forEach(each -> each.add(row));
      if (weight != null) {
        weight.add(row);
      }
    }

    int count() {
      return x.get(0).count();
    }

    List<FloatNdArray> x() {
      return arrays(x);
    }

    List<FloatNdArray> y() {
      return arrays(y);
    }

    FloatNdArray weight() {
      return weight == null ? null : weight.array();
    }

    private static List<FloatNdArray> arrays(List<Samples> samples) {
      return samples.stream().map(Samples::array).toList();
    }
  }

  /** Trains with the other tasks. */
  List<Result> run(Iterator<Row> rows, byte[] content) {
    Data training = new Data(plan);
    Data validation = new Data(plan);
    while (rows.hasNext()) {
      Row row = rows.next();
      (row.getBoolean(plan.validationColumn) ? validation : training).add(row);
    }
    if (training.count() == 0 || (plan.validates && validation.count() == 0)) {
      throw new IllegalArgumentException(
          "SparkTrainer.fit: worker "
              + context.partitionId()
              + " has no rows.\n  expected: rows, for validation too if there is any, for each of "
              + plan.workers
              + " workers\n  got:      "
              + training.count()
              + " rows to train on, "
              + validation.count()
              + " to validate on\n  fix:      give more rows, or fewer workers(...)");
    }
    if (plan.seed != null) {
      Utils.setRandomSeed(plan.seed);
    }
    String host = context.getTaskInfos()[context.partitionId()].address().replaceAll(":.*", "");
    String[] addresses = addresses(host);
    try (Collective workers =
            Distribution.initialize(
                o ->
                    o.jobAddresses(String.join(",", addresses))
                        .processId(context.partitionId())
                        .startTimeout(plan.timeout)
                        .timeout(plan.timeout));
        Model model = Models.loadModel(content)) {
      Thread watch = watch(workers);
      try {
        model.distribute(new DataParallel(workers).autoShardDataset(false));
        EpochLogs logs =
            workers.rank() == 0 ? new EpochLogs(plan.checkpointDir, plan.epochs, progress) : null;
        model.fit(
            training.x(),
            training.y(),
            o -> {
              set(o, logs);
              o.sampleWeight(training.weight());
              if (plan.validates) {
                o.validationData(validation.x(), validation.y(), validation.weight());
              }
            });
        return logs == null ? List.of() : List.of(new Result(ModelContent.of(model), logs.taken()));
      } finally {
        watch.interrupt();
      }
    }
  }

  private void set(FitOptions o, EpochLogs logs) {
    List<Callback> callbacks = new ArrayList<>();
    if (plan.callbacks != null) {
      callbacks.addAll(plan.callbacks.get());
    }
    if (logs != null) {
      callbacks.add(logs);
    }
    if (plan.workers == 1) {
      callbacks.add(new StopsWithTask());
    }
    if (plan.checkpointDir != null) {
      callbacks.add(new BackupAndRestore(Path.of(plan.checkpointDir, "backup")));
    }
    o.epochs(plan.epochs)
        .batchSize(batchSize())
        .shuffle(plan.shuffle)
        .verbose(0)
        .callbacks(callbacks.toArray(Callback[]::new));
  }

  /** Ends the training of a worker that has no others to be told by. */
  private final class StopsWithTask extends Callback {
    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
      if (context.isInterrupted()) {
        throw new IllegalStateException("Spark has ended the task");
      }
    }
  }

  /** Returns how many rows of a global batch this worker takes. */
  private int batchSize() {
    int rank = context.partitionId();
    long first = (long) plan.batchSize * rank / plan.workers;
    long last = (long) plan.batchSize * (rank + 1) / plan.workers;
    return (int) (last - first);
  }

  /** Returns where all workers listen. Each holds its port until all have chosen. */
  private String[] addresses(String host) {
    try (ServerSocket own = freePort()) {
      return context.allGather(host + ":" + own.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException("The port cannot be closed.", e);
    }
  }

  private ServerSocket freePort() {
    int count = plan.lastPort - plan.firstPort + 1;
    int start = ThreadLocalRandom.current().nextInt(count);
    for (int i = 0; i < count; i++) {
      int port = plan.firstPort + (start + i) % count;
      try {
        return new ServerSocket(port);
      } catch (IOException e) {
        continue; // Somebody has it.
      }
    }
    throw new IllegalStateException(
        "SparkTrainer.ports: none of "
            + plan.firstPort
            + " to "
            + plan.lastPort
            + " is free on this machine");
  }

  /** Ends the others' wait, and this task's own, when Spark has ended the task. */
  private Thread watch(Collective workers) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (!context.isInterrupted()) {
                  Thread.sleep(LOOKS_EVERY_MILLIS);
                }
                workers.abort("Spark has ended the task");
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // Training is over.
              }
            },
            "keras-spark-watch");
    watch.setDaemon(true);
    watch.start();
    return watch;
  }
}
