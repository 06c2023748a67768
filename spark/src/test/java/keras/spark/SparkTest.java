package keras.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import keras.callbacks.Callback;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.Embedding;
import keras.layers.Flatten;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.IntegerLookup;
import keras.layers.KerasTensor;
import keras.models.Model;
import keras.models.Sequential;
import keras.ops.Ops;
import keras.utils.Batch;
import keras.utils.FloatArrays;
import keras.utils.Utils;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.FloatNdArray;

/** Trains and asks models on a Spark cluster of two executors. */
class SparkTest {

  private static final int ROWS = 64;
  private static final int TIMESTEPS = 6;
  private static final int FEATURES = 2;
  private static final int WORKERS = 2;
  private static final int BATCH = 16;
  private static final float TOLERANCE = 1e-5f;

  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = new LocalCluster();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static float value(int row, int timestep, int feature) {
    return (float) Math.sin(row * 0.7 + timestep * (feature + 1.3));
  }

  /** Rows with an id, two series and what comes next. */
  private static Dataset<Row> rows() {
    return rows(cluster.session());
  }

  static Dataset<Row> rows(SparkSession session) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("a", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("b", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("next", DataTypes.DoubleType);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Double[][] series = new Double[FEATURES][TIMESTEPS];
      for (int f = 0; f < FEATURES; f++) {
        for (int t = 0; t < TIMESTEPS; t++) {
          series[f][t] = (double) value(i, t, f);
        }
      }
      rows.add(RowFactory.create(i, series[0], series[1], (double) value(i, TIMESTEPS, 0)));
    }
    return session.createDataFrame(rows, schema);
  }

  static Sequential model(double dropout) {
    Utils.setRandomSeed(3);
    Sequential model = new Sequential();
    model
        .add(new GRU(5).inputShape(TIMESTEPS, FEATURES))
        .add(new Dropout(dropout).seed(5))
        .add(new Dense(1));
    model.compile(c -> c.loss("mse").optimizer("adam").metrics("mae"));
    return model;
  }

  static SparkTrainer trainer(Sequential model) {
    return new SparkTrainer(model)
        .featuresCol("a", "b")
        .labelCol("next")
        .workers(WORKERS)
        .batchSize(BATCH)
        .epochs(4)
        .shuffle(false)
        .timeout(Duration.ofSeconds(60));
  }

  private static List<float[]> weights(Sequential model) {
    return model.getWeights().stream().map(FloatArrays::values).toList();
  }

  /** Returns the ids of the rows that each worker is given, in order. */
  private static List<List<Integer>> parts(Dataset<Row> rows) {
    List<List<Integer>> parts = new ArrayList<>();
    for (List<Row> part : SparkTrainer.parts(rows, null, WORKERS).toJavaRDD().glom().collect()) {
      parts.add(part.stream().map(row -> row.getInt(0)).toList());
    }
    return parts;
  }

  private static Batch batch(List<Integer> ids) {
    float[] x = new float[ids.size() * TIMESTEPS * FEATURES];
    float[] y = new float[ids.size()];
    for (int i = 0; i < ids.size(); i++) {
      for (int t = 0; t < TIMESTEPS; t++) {
        for (int f = 0; f < FEATURES; f++) {
          x[(i * TIMESTEPS + t) * FEATURES + f] = value(ids.get(i), t, f);
        }
      }
      y[i] = value(ids.get(i), TIMESTEPS, 0);
    }
    return Batch.of(
        FloatArrays.wrap(x, ids.size(), TIMESTEPS, FEATURES), FloatArrays.wrap(y, ids.size(), 1));
  }

  /** Returns the batches that all workers together train on. */
  private static List<Batch> globalBatches() {
    return globalBatches(rows(), SparkTest::batch);
  }

  private static List<Batch> globalBatches(
      Dataset<Row> rows, Function<List<Integer>, Batch> batch) {
    List<List<Integer>> parts = parts(rows);
    int each = BATCH / WORKERS;
    List<Batch> batches = new ArrayList<>();
    int longest = parts.stream().mapToInt(List::size).max().orElseThrow();
    for (int from = 0; from < longest; from += each) {
      List<Integer> ids = new ArrayList<>();
      for (List<Integer> part : parts) {
        ids.addAll(part.subList(Math.min(from, part.size()), Math.min(from + each, part.size())));
      }
      batches.add(batch.apply(ids));
    }
    return batches;
  }

  @Test
  void executorsComeToTheWeightsOfOneProcess() {
    List<Batch> batches = globalBatches();
    try (Sequential alone = model(0.2);
        Sequential together = model(0.2)) {
      History expected = alone.fit(batches, o -> o.epochs(4).shuffle(false).verbose(0));

      History history = trainer(together).fit(rows());

      List<float[]> weights = weights(together);
      for (int i = 0; i < weights.size(); i++) {
        assertThat(weights.get(i)).containsExactly(weights(alone).get(i), within(TOLERANCE));
      }
      for (int epoch = 0; epoch < 4; epoch++) {
        assertThat(history.get("loss").get(epoch))
            .isCloseTo(expected.get("loss").get(epoch), within((double) TOLERANCE));
      }
    }
  }

  /** Returns a model of a series and a word, to a number and one of three classes. */
  private static Model wide() {
    Utils.setRandomSeed(6);
    KerasTensor series = new Input(Input.shape(TIMESTEPS, 1)).tensor();
    KerasTensor word = new Input(Input.shape(1)).dtype("int32").tensor();
    KerasTensor known = new Flatten().call(new Embedding(ROWS, 2).call(word));
    KerasTensor all = Ops.concatenate(List.of(new GRU(4).call(series), known), -1);
    Model model =
        new Model(
            List.of(series, word),
            List.of(new Dense(1).call(all), new Dense(3).activation("softmax").call(all)));
    model.compile(c -> c.loss(List.of("mse", "sparse_categorical_crossentropy")).optimizer("adam"));
    return model;
  }

  private static Dataset<Row> wideRows() {
    return rows()
        .withColumn("kind", functions.expr("id % 3"))
        .withColumn("counts", functions.expr("1 + id % 2"));
  }

  private static Batch wideBatch(List<Integer> ids) {
    float[][][] series = new float[ids.size()][TIMESTEPS][1];
    float[][] next = new float[ids.size()][1];
    int[] word = new int[ids.size()];
    int[] kind = new int[ids.size()];
    int[] counts = new int[ids.size()];
    for (int i = 0; i < ids.size(); i++) {
      int id = ids.get(i);
      for (int t = 0; t < TIMESTEPS; t++) {
        series[i][t][0] = value(id, t, 0);
      }
      next[i][0] = value(id, TIMESTEPS, 0);
      word[i] = id;
      kind[i] = id % 3;
      counts[i] = 1 + id % 2;
    }
    return Batch.of(List.of(series, word), List.of(next, kind), counts);
  }

  @Test
  void severalInputsOutputsClassesAndWeightsOfRowsAreThoseOfOneProcess() {
    Dataset<Row> rows = wideRows();
    List<Batch> batches = globalBatches(rows, SparkTest::wideBatch);
    try (Model alone = wide();
        Model together = wide()) {
      SparkTrainer trainer =
          new SparkTrainer(together)
              .featuresCol("a", "id")
              .labelCol("next", "kind")
              .weightCol("counts")
              .workers(WORKERS)
              .batchSize(BATCH)
              .epochs(2)
              .shuffle(false);

      // The second time, the optimizer knows what it has learnt the first time.
      for (int time = 0; time < 2; time++) {
        alone.fit(batches, o -> o.epochs(2).shuffle(false).verbose(0));
        trainer.fit(rows);
      }

      for (int i = 0; i < alone.getWeights().size(); i++) {
        assertThat(FloatArrays.values(together.getWeights().get(i)))
            .containsExactly(FloatArrays.values(alone.getWeights().get(i)), within(TOLERANCE));
      }
      Batch all = wideBatch(IntStream.range(0, ROWS).boxed().toList());
      List<FloatNdArray> expected = together.predictOnBatchAll(all.inputs());
      List<Row> scored =
          new SparkPredictor(together)
              .featuresCol("a", "id")
              .predictionCol("forecast", "classes")
              .transform(rows)
              .collectAsList();
      for (Row row : scored) {
        int id = row.getAs("id");
        assertThat((float) row.getAs("forecast"))
            .isCloseTo(expected.get(0).getFloat(id, 0), within(TOLERANCE));
        assertThat(row.<Float>getList(row.fieldIndex("classes")).get(1))
            .isCloseTo(expected.get(1).getFloat(id, 1), within(TOLERANCE));
      }
    }
  }

  @Test
  void identifiersOfAnySizeAreLookedUp() {
    long large = (1L << 24) + 1; // Two of them are one float.
    KerasTensor id = new Input(Input.shape(1)).dtype("int64").tensor();
    try (Model model = new Model(id, new IntegerLookup().vocabulary(large, large + 1).call(id))) {
      Dataset<Row> ids = cluster.session().range(large, large + 3).toDF("id");

      List<Row> scored = new SparkPredictor(model).featuresCol("id").transform(ids).collectAsList();

      assertThat(scored)
          .extracting(row -> row.getLong(0) - large, row -> row.getFloat(1))
          .containsExactlyInAnyOrder(tuple(0L, 1f), tuple(1L, 2f), tuple(2L, 0f));
    }
  }

  @Test
  void aColumnForEachInputIsAskedFor() {
    try (Model model = wide()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SparkTrainer(model).featuresCol("a").fit(wideRows()))
          .withMessageStartingWith("featuresCol: the model has 2 inputs.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SparkPredictor(model).featuresCol("a", "id").transform(wideRows()))
          .withMessageContaining("expected 2 names, one for each output");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SparkPredictor(model).register(cluster.session(), "ask"))
          .withMessageContaining("transform(rows)");
    }
  }

  /** Ends its executor once, in the third epoch. */
  private static final class Killer extends Callback {
    private final Path mark;

    Killer(Path mark) {
      this.mark = mark;
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
      boolean first = org.apache.spark.TaskContext.getPartitionId() == 1 && epoch == 2;
      try {
        if (first && !Files.exists(mark)) {
          Files.createFile(mark);
          Runtime.getRuntime().halt(1);
        }
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Test
  void trainingGoesOnAfterAnExecutorWasLostAsIfNothingHadHappened(@TempDir Path folder) {
    try (Sequential undisturbed = model(0.2);
        Sequential disturbed = model(0.2)) {
      Dataset<Row> validation = rows().limit(10);
      History expected = trainer(undisturbed).validationData(validation).fit(rows());
      String mark = folder.resolve("killed").toString();

      History history =
          trainer(disturbed)
              .checkpointDir(folder.resolve("run").toString())
              .callbacks(() -> List.of(new Killer(Path.of(mark))))
              .validationData(validation)
              .fit(rows());

      assertThat(Path.of(mark)).exists();
      assertThat(history.history()).isEqualTo(expected.history());
      assertThat(history.history().keySet())
          .containsExactlyInAnyOrder("loss", "mae", "val_loss", "val_mae");
      for (int i = 0; i < weights(disturbed).size(); i++) {
        assertThat(weights(disturbed).get(i)).containsExactly(weights(undisturbed).get(i));
      }
    }
  }

  @Test
  void aThreadThatIsInterruptedEndsTheWorkersToo() throws InterruptedException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(cluster.session().sparkContext());
    Thread trains = Thread.currentThread();
    List<String> lines = new CopyOnWriteArrayList<>();
    try (Sequential model = model(0)) {
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  trainer(model)
                      .epochs(1_000_000)
                      .progress(
                          line -> {
                            if (lines.isEmpty()) {
                              trains.interrupt();
                            }
                            lines.add(line);
                          })
                      .fit(rows()))
          .withMessage("SparkTrainer.fit: the thread was interrupted.");
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(lines.get(0)).startsWith("Epoch 1/1000000 - loss: 0.");
    // There is no free core for this before the workers have ended.
    assertThat(context.parallelize(List.of(1, 2), WORKERS).map(x -> x + 1).collect())
        .containsExactly(2, 3);
  }

  @Test
  void executorsEndWithTheDriver() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", LocalCluster.classPath(), Driver.class.getName()));
    Process driver =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<ProcessHandle> executors;
    try (BufferedReader printed = driver.inputReader()) {
      String line = printed.readLine();
      while (line != null && !line.startsWith("Epoch ")) {
        line = printed.readLine();
      }
      assertThat(line).startsWith("Epoch 1/1000000");
      executors = driver.descendants().toList();
      driver.destroyForcibly();
    }

    assertThat(executors).hasSizeGreaterThanOrEqualTo(WORKERS);
    for (ProcessHandle executor : executors) {
      executor.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void aRowThatCannotBeReadFailsTheTrainingWithTheRow() {
    Dataset<Row> broken = rows().withColumn("next", functions.expr("if(id = 17, null, next)"));
    try (Sequential model = model(0)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer(model).fit(broken))
          .withMessageContaining("labelCol: row [17,")
          .withMessageContaining("got:      null");
    }
  }

  @Test
  void aColumnThatIsMissingIsNamed() {
    try (Sequential model = model(0)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer(model).labelCol("nxt").fit(rows()))
          .withMessageStartingWith("labelCol: there is no column \"nxt\".");
    }
  }

  @Test
  void predictionsAreThoseOfTheModel() {
    try (Sequential model = model(0)) {
      Batch all = batch(IntStream.range(0, ROWS).boxed().toList());
      FloatNdArray expected = model.predict(all.x(), o -> o.verbose(0));

      List<Row> scored =
          new SparkPredictor(model)
              .featuresCol("a", "b")
              .predictionCol("forecast")
              .batchSize(7)
              .transform(rows())
              .collectAsList();

      assertThat(scored).hasSize(ROWS);
      for (Row row : scored) {
        assertThat((float) row.getAs("forecast"))
            .isCloseTo(expected.getFloat(row.getInt(0), 0), within(TOLERANCE));
      }
    }
  }

  @Test
  void rowsThatCannotBeReadAreKeptWithoutAnAnswer() {
    Dataset<Row> broken =
        rows()
            .withColumn(
                "a",
                functions.expr(
                    "case when id = 3 then null when id = 4 then array(1D) when id = 5 then"
                        + " transform(a, v -> double('NaN')) else a end"));
    try (Sequential model = model(0)) {
      SparkPredictor predictor = new SparkPredictor(model).featuresCol("a", "b");

      List<Integer> unanswered =
          predictor.handleInvalid("keep").transform(broken).collectAsList().stream()
              .filter(row -> row.isNullAt(row.fieldIndex("prediction")))
              .map(row -> row.getInt(0))
              .sorted(Comparator.naturalOrder())
              .toList();

      assertThat(unanswered).containsExactly(3, 4, 5);
    }
  }

  @Test
  void aModelIsAFunctionOfSqlAndTakesVectors() {
    Utils.setRandomSeed(4);
    try (Sequential model = new Sequential()) {
      model.add(new Dense(2).inputShape(3));
      List<Row> vectors = List.of(RowFactory.create(Vectors.dense(1, 2, 3)));
      StructType schema =
          new StructType().add("v", org.apache.spark.ml.linalg.SQLDataTypes.VectorType());
      cluster.session().createDataFrame(vectors, schema).createOrReplaceTempView("vectors");
      new SparkPredictor(model).register(cluster.session(), "ask");
      FloatNdArray expected = model.predict(new float[][] {{1, 2, 3}}, o -> o.verbose(0));

      List<Float> answer = cluster.session().sql("select ask(v) from vectors").first().getList(0);

      assertThat(answer).containsExactly(expected.getFloat(0, 0), expected.getFloat(0, 1));
    }
  }

  @Test
  void theExampleForecastsPassengers() {
    List<Row> scored =
        SparkForecast.forecast(
                cluster.session(), Path.of("../examples/resources/data/airline-passengers.csv"))
            .collectAsList();

    double error = 0;
    for (Row row : scored) {
      error += Math.abs(row.getInt(1) - ((Number) row.get(2)).doubleValue());
    }
    assertThat(scored).hasSize(36);
    assertThat(error / scored.size()).isLessThan(45);
  }
}
