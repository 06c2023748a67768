package keras.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keras.callbacks.Callback;
import keras.callbacks.History;
import keras.callbacks.TerminateOnNaN;
import keras.distribution.DataParallel;
import keras.distribution.DistributionException;
import keras.distribution.ThreadCollective;
import keras.layers.Activation;
import keras.layers.BatchNormalization;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.Embedding;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.layers.Masking;
import keras.layers.SimpleRNN;
import keras.layers.TimeDistributed;
import keras.losses.LossFunction;
import keras.ops.Ops;
import keras.optimizers.Adam;
import keras.optimizers.RMSprop;
import keras.optimizers.SGD;
import keras.random.GlobalSeed;
import keras.random.PythonRandom;
import keras.regularizers.L2;
import keras.utils.Batch;
import keras.utils.FloatArrays;
import keras.utils.Sequence;
import keras.utils.TimeseriesGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/** Workers that train together come to what one process makes of the global batches. */
class DataParallelTest {

  private static final int TIMESTEPS = 6;
  private static final int FEATURES = 3;
  private static final int SAMPLES = 75;
  private static final double TOLERANCE = 1e-5;

  /** Of four steps each; 50 epochs are 200 steps. */
  private static final int EPOCHS = Integer.getInteger("distribution.epochs", 2);

  /** Of so many cases one is looked at. */
  private static final int SHARE = Integer.getInteger("distribution.share", 3);

  private static final int MOST_WORKERS = Integer.getInteger("distribution.workers", 2);

  /** Data and the other arguments of fit. */
  private record Data(Object x, Object y, Consumer<FitOptions> options) {}

  private static float[] numbers(int seed, int size) {
    PythonRandom random = new PythonRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (random.random() * 2 - 1);
    }
    return values;
  }

  private static FloatNdArray sequences() {
    return FloatArrays.wrap(
        numbers(1, SAMPLES * TIMESTEPS * FEATURES), SAMPLES, TIMESTEPS, FEATURES);
  }

  /** Sequences of which the last timesteps are zero, some more than others. */
  private static FloatNdArray padded() {
    float[] values = numbers(1, SAMPLES * TIMESTEPS * FEATURES);
    for (int i = 0; i < SAMPLES; i++) {
      int length = 1 + i * i % TIMESTEPS;
      for (int k = length * FEATURES; k < TIMESTEPS * FEATURES; k++) {
        values[i * TIMESTEPS * FEATURES + k] = 0;
      }
    }
    return FloatArrays.wrap(values, SAMPLES, TIMESTEPS, FEATURES);
  }

  private static FloatNdArray words() {
    float[] values = new float[SAMPLES * TIMESTEPS];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * i % 7;
    }
    return FloatArrays.wrap(values, SAMPLES, TIMESTEPS);
  }

  private static FloatNdArray targets(long... perSample) {
    long[] shape = LongsOf.joined(SAMPLES, perSample);
    long size = 1;
    for (long each : shape) {
      size *= each;
    }
    return FloatArrays.wrap(numbers(2, (int) size), shape);
  }

  /** Joins numbers. */
  private static final class LongsOf {
    static long[] joined(long first, long... others) {
      long[] all = new long[others.length + 1];
      all[0] = first;
      System.arraycopy(others, 0, all, 1, others.length);
      return all;
    }
  }

  private static Data plain(FloatNdArray x, long... perSample) {
    return new Data(x, targets(perSample), o -> {});
  }

  private static Model chain(Consumer<Sequential> layers) {
    Sequential model = new Sequential();
    layers.accept(model);
    return model;
  }

  private static Model twoOutputs() {
    KerasTensor input = new Input(Shape.of(-1, TIMESTEPS, FEATURES)).tensor();
    KerasTensor seen = new LSTM(5).call(input);
    KerasTensor first = new Dense(2).name("first").call(seen);
    KerasTensor second = new Dense(1).activation("sigmoid").name("second").call(seen);
    return new Model(input, List.of(first, second));
  }

  private static Model withAddedLoss() {
    KerasTensor input = new Input(Shape.of(-1, TIMESTEPS, FEATURES)).tensor();
    KerasTensor seen = new LSTM(4).call(input);
    Model model = new Model(input, new Dense(2).call(seen));
    model.addLoss(Ops.mean(Ops.square(seen)));
    return model;
  }

  private static Arguments of(
      String name, Supplier<Model> model, Consumer<CompileOptions> compile, Data data) {
    return Arguments.of(name, model, compile, data);
  }

  static Stream<Arguments> cases() {
    List<Arguments> all = allCases().toList();
    return IntStream.range(0, all.size()).filter(i -> i % SHARE == 0).mapToObj(all::get);
  }

  private static Stream<Arguments> allCases() {
    Consumer<CompileOptions> adam = c -> c.loss("mse").optimizer(new Adam().learningRate(0.01));
    return Stream.of(
        of(
            "an LSTM with metrics",
            () -> chain(m -> m.add(new LSTM(4).inputShape(TIMESTEPS, FEATURES)).add(new Dense(2))),
            c -> c.loss("mse").optimizer(new Adam().learningRate(0.01)).metrics("mae"),
            plain(sequences(), 2)),
        of(
            "a GRU with 256 units",
            () -> chain(m -> m.add(new GRU(256).inputShape(TIMESTEPS, FEATURES)).add(new Dense(2))),
            c -> c.loss("mse").optimizer(new RMSprop().learningRate(1e-4)),
            plain(sequences(), 2)),
        of(
            "Dropout, also within a layer and timestep by timestep",
            () ->
                chain(
                    m ->
                        m.add(
                                new LSTM(4)
                                    .returnSequences(true)
                                    .dropout(0.2)
                                    .recurrentDropout(0.1)
                                    .inputShape(TIMESTEPS, FEATURES))
                            .add(new TimeDistributed(new Dropout(0.3)))
                            .add(new Dropout(0.5))
                            .add(new Dense(2))),
            adam,
            plain(sequences(), TIMESTEPS, 2)),
        of(
            "a batch that each worker cuts into shards for its cores",
            () ->
                chain(
                    m ->
                        m.add(new Masking().inputShape(TIMESTEPS, FEATURES))
                            .add(new LSTM(128).returnSequences(true).dropout(0.2))
                            .add(new BatchNormalization())
                            .add(new Dropout(0.3))
                            .add(new Dense(2))),
            c -> c.loss("mse").optimizer(new SGD().learningRate(0.01)),
            plain(padded(), TIMESTEPS, 2)),
        of(
            "a loss that the model adds of its samples",
            DataParallelTest::withAddedLoss,
            adam,
            plain(sequences(), 2)),
        of(
            "Masking with sample weights",
            () ->
                chain(
                    m ->
                        m.add(new Masking().inputShape(TIMESTEPS, FEATURES))
                            .add(new SimpleRNN(4).returnSequences(true))
                            .add(new Dense(1))),
            c -> c.loss("mse").optimizer(new Adam().learningRate(0.01)).weightedMetrics("mae"),
            new Data(
                padded(),
                targets(TIMESTEPS, 1),
                o -> o.sampleWeight(FloatArrays.wrap(positive(), SAMPLES, 1)))),
        of(
            "BatchNormalization over the global batch",
            () ->
                chain(
                    m ->
                        m.add(new LSTM(4).inputShape(TIMESTEPS, FEATURES))
                            .add(new BatchNormalization().momentum(0.8))
                            .add(new Activation("tanh"))
                            .add(new Dense(3).useBias(false))
                            .add(new BatchNormalization())
                            .add(new Activation("tanh"))
                            .add(new Dense(2))),
            adam,
            plain(sequences(), 2)),
        of(
            "BatchNormalization of masked timesteps",
            () ->
                chain(
                    m ->
                        m.add(new Masking().inputShape(TIMESTEPS, FEATURES))
                            .add(new BatchNormalization())
                            .add(new SimpleRNN(4))
                            .add(new Dense(2))),
            adam,
            plain(padded(), 2)),
        of(
            "two outputs with weights of their losses",
            DataParallelTest::twoOutputs,
            c ->
                c.loss("mse")
                    .lossWeights(List.of(0.3, 0.7))
                    .optimizer(new Adam().learningRate(0.01))
                    .metrics("mae", "mse"),
            new Data(sequences(), List.of(targets(2), targets(1)), o -> {})),
        of(
            "gradients clipped by their global norm, after they are added up",
            () -> chain(m -> m.add(new GRU(4).inputShape(TIMESTEPS, FEATURES)).add(new Dense(2))),
            c -> c.loss("mse").optimizer(new SGD().learningRate(0.1).globalClipnorm(0.05)),
            plain(sequences(), 2)),
        of(
            "L2 of weights and of activities",
            () ->
                chain(
                    m ->
                        m.add(
                                new GRU(4)
                                    .kernelRegularizer(new L2(0.01))
                                    .activityRegularizer(new L2(0.02))
                                    .inputShape(TIMESTEPS, FEATURES))
                            .add(new Dense(2).biasRegularizer(new L2(0.1)))),
            adam,
            plain(sequences(), 2)),
        of(
            "gradients gathered over several steps",
            () -> chain(m -> m.add(new LSTM(4).inputShape(TIMESTEPS, FEATURES)).add(new Dense(2))),
            c ->
                c.loss("mse").optimizer(new Adam().learningRate(0.01).gradientAccumulationSteps(3)),
            plain(sequences(), 2)),
        of(
            "an Embedding whose words occur several times, clipped",
            () ->
                chain(
                    m ->
                        m.add(new Embedding(9, 4).maskZero(true).inputShape(TIMESTEPS))
                            .add(new LSTM(3))
                            .add(new Dense(2))),
            c -> c.loss("mse").optimizer(new Adam().learningRate(0.01).clipnorm(0.02)),
            plain(words(), 2)),
        of(
            "weights of classes",
            () ->
                chain(
                    m ->
                        m.add(new LSTM(4).inputShape(TIMESTEPS, FEATURES))
                            .add(new Dense(1).activation("sigmoid"))),
            c ->
                c.loss("binary_crossentropy")
                    .optimizer(new Adam().learningRate(0.01))
                    .metrics("accuracy", "AUC"),
            new Data(
                sequences(),
                FloatArrays.wrap(classes(), SAMPLES, 1),
                o -> o.classWeight(Map.of(0, 1.0, 1, 3.0)))));
  }

  private static float[] positive() {
    float[] weights = numbers(5, SAMPLES);
    for (int i = 0; i < SAMPLES; i++) {
      weights[i] = 1.1f + weights[i];
    }
    return weights;
  }

  private static float[] classes() {
    float[] classes = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      classes[i] = i * i % 3 == 0 ? 1 : 0;
    }
    return classes;
  }

  @AfterEach
  void forgetSeed() {
    GlobalSeed.unset();
  }

  /** The results of a training. */
  private record Outcome(
      List<float[]> weights, Map<String, List<Double>> history, Map<String, Double> test) {}

  private static Model made(int seed, Supplier<Model> model, Consumer<CompileOptions> compile) {
    GlobalSeed.set(seed);
    Model made = model.get();
    made.compile(compile);
    return made;
  }

  private static Outcome trained(Model model, Data data) {
    try (model) {
      History history =
          model.fit(
              data.x(),
              data.y(),
              o -> {
                o.epochs(EPOCHS).batchSize(16).validationSplit(0.2).verbose(0);
                data.options().accept(o);
              });
      Map<String, Double> test =
          model.evaluate(data.x(), data.y(), o -> o.batchSize(20).verbose(0));
      List<float[]> weights = new ArrayList<>();
      model.getWeights().forEach(each -> weights.add(FloatArrays.values(each)));
      return new Outcome(weights, history.history(), test);
    }
  }

  private static List<Outcome> trainedTogether(
      int workers, Supplier<Model> model, Consumer<CompileOptions> compile, Data data)
      throws Exception {
    // Each worker begins with other weights: they are to get those of rank 0.
    List<Model> models =
        IntStream.range(0, workers).mapToObj(rank -> made(3 + rank, model, compile)).toList();
    GlobalSeed.set(3);
    return ThreadCollective.each(
        workers,
        self -> {
          Model own = models.get(self.rank());
          own.distribute(new DataParallel(self));
          return trained(own, data);
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void workersComeToWhatOneProcessMakesOfTheSameBatches(
      String name, Supplier<Model> model, Consumer<CompileOptions> compile, Data data)
      throws Exception {
    Outcome alone = trained(made(3, model, compile), data);

    for (int workers = 2; workers <= MOST_WORKERS; workers++) {
      List<Outcome> outcomes = trainedTogether(workers, model, compile, data);

      for (Outcome outcome : outcomes) {
        for (int i = 0; i < alone.weights().size(); i++) {
          assertThat(outcome.weights().get(i))
              .containsExactly(alone.weights().get(i), within((float) TOLERANCE))
              .containsExactly(outcomes.get(0).weights().get(i));
        }
        assertClose(outcome.test(), alone.test());
        assertThat(outcome.history().keySet()).isEqualTo(alone.history().keySet());
        alone
            .history()
            .forEach(
                (key, values) -> {
                  for (int i = 0; i < values.size(); i++) {
                    assertThat(outcome.history().get(key).get(i))
                        .as(key)
                        .isCloseTo(values.get(i), within(TOLERANCE));
                  }
                });
      }
    }
  }

  private static Model small(int seed) {
    return made(
        seed,
        () -> chain(m -> m.add(new LSTM(4).inputShape(TIMESTEPS, FEATURES)).add(new Dense(2))),
        c -> c.loss("mse").optimizer("adam"));
  }

  private static FloatNdArray rows(FloatNdArray all, int from, int to) {
    return FloatArrays.gather(all, IntStream.range(from, to).toArray());
  }

  @Test
  void workersWithDataOfTheirOwnGoOnUntilTheLastHasNoMore() throws Exception {
    FloatNdArray x = sequences();
    FloatNdArray y = targets(2);
    // Of ten samples in each of these batches the workers have 6 and 4; the second has no third.
    List<Batch> global = new ArrayList<>();
    for (int[] bounds : new int[][] {{0, 10}, {10, 20}, {20, 26}}) {
      global.add(Batch.of(rows(x, bounds[0], bounds[1]), rows(y, bounds[0], bounds[1])));
    }
    int[][][] own = {{{0, 6}, {10, 16}, {20, 26}}, {{6, 10}, {16, 20}}};
    List<float[]> alone;
    try (Model model = small(3)) {
      model.fit(global, o -> o.epochs(2).verbose(0));
      alone = floats(model);
    }
    List<Model> models = List.of(small(3), small(4));

    List<List<float[]>> together =
        ThreadCollective.each(
            2,
            self -> {
              try (Model model = models.get(self.rank())) {
                model.distribute(new DataParallel(self).autoShardDataset(false));
                List<Batch> batches = new ArrayList<>();
                for (int[] bounds : own[self.rank()]) {
                  batches.add(
                      Batch.of(rows(x, bounds[0], bounds[1]), rows(y, bounds[0], bounds[1])));
                }
                model.fit(batches, o -> o.epochs(2).verbose(0));
                return floats(model);
              }
            });

    for (List<float[]> weights : together) {
      for (int i = 0; i < alone.size(); i++) {
        assertThat(weights.get(i))
            .containsExactly(alone.get(i), within((float) TOLERANCE))
            .containsExactly(together.get(0).get(i));
      }
    }
  }

  private static List<float[]> floats(Model model) {
    return model.getWeights().stream().map(FloatArrays::values).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void singleBatchesAreSharedToo(boolean cuts) throws Exception {
    FloatNdArray x = sequences();
    FloatNdArray y = targets(2);
    Map<String, Double> expected;
    List<float[]> alone;
    try (Model model = small(3)) {
      model.trainOnBatch(x, y);
      expected = model.testOnBatch(x, y);
      alone = floats(model);
    }
    List<Model> models = List.of(small(3), small(4));

    ThreadCollective.each(
        2,
        self -> {
          try (Model model = models.get(self.rank())) {
            model.distribute(new DataParallel(self).autoShardDataset(cuts));
            int from = cuts || self.rank() == 0 ? 0 : 30;
            int to = cuts || self.rank() == 1 ? SAMPLES : 30;
            model.trainOnBatch(rows(x, from, to), rows(y, from, to));

            assertClose(model.testOnBatch(rows(x, from, to), rows(y, from, to)), expected);
            for (int i = 0; i < alone.size(); i++) {
              assertThat(floats(model).get(i))
                  .containsExactly(alone.get(i), within((float) TOLERANCE));
            }
            return null;
          }
        });
  }

  @Test
  void aSequenceIsGoneThroughInTheSameOrderByAllWorkers() throws Exception {
    Supplier<Model> model = () -> chain(m -> m.add(new GRU(4).inputShape(5, 2)).add(new Dense(1)));
    List<Model> models =
        IntStream.range(0, 3)
            .mapToObj(i -> made(i, model, c -> c.loss("mse").optimizer("adam")))
            .toList();
    GlobalSeed.unset();

    List<List<Integer>> orders =
        ThreadCollective.each(
            3,
            self -> {
              Recorded data =
                  new Recorded(
                      new TimeseriesGenerator(targets(2), targets(1), 5).batchSize(7),
                      new ArrayList<>());
              try (Model own = models.get(self.rank())) {
                own.distribute(new DataParallel(self));
                own.fit(data, o -> o.epochs(3).verbose(0));
                return data.taken();
              }
            });

    assertThat(orders.get(0)).hasSizeGreaterThan(20);
    assertThat(orders.get(1)).isEqualTo(orders.get(0));
    assertThat(orders.get(2)).isEqualTo(orders.get(0));
  }

  /** A sequence that notes in which order its batches are taken. */
  private record Recorded(Sequence sequence, List<Integer> taken) implements Sequence {
    @Override
    public Batch getItem(int index) {
      taken.add(index);
      return sequence.getItem(index);
    }

    @Override
    public int length() {
      return sequence.length();
    }
  }

  @Test
  void allStopWhereOneOfThemStops() throws Exception {
    List<Model> models = List.of(small(3), small(4), small(5));

    List<Long> steps =
        ThreadCollective.each(
            3,
            self -> {
              try (Model model = models.get(self.rank())) {
                model.distribute(new DataParallel(self));
                Callback stopper =
                    new Callback() {
                      @Override
                      public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
                        if (batch == 2) {
                          model().stopTraining(true);
                        }
                      }
                    };
                model.fit(
                    sequences(),
                    targets(2),
                    o -> {
                      o.epochs(5).batchSize(10).verbose(0);
                      if (self.rank() == 1) {
                        o.callbacks(stopper);
                      }
                    });
                return model.optimizer().iterations();
              }
            });

    assertThat(steps).containsExactly(3L, 3L, 3L);
  }

  @Test
  void aWorkerThatFailsEndsTheOthersToo() {
    List<Model> models = List.of(small(3), small(4));

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                ThreadCollective.each(
                    2,
                    self -> {
                      try (Model model = models.get(self.rank())) {
                        model.distribute(new DataParallel(self));
                        Callback failing =
                            new Callback() {
                              @Override
                              public void onEpochEnd(int epoch, Map<String, Double> logs) {
                                if (self.rank() == 1) {
                                  throw new IllegalStateException("no space left");
                                }
                              }
                            };
                        model.fit(
                            sequences(),
                            targets(2),
                            o -> o.epochs(5).verbose(0).callbacks(failing));
                        return "done";
                      }
                    }))
        .withMessage("no space left");
  }

  @Test
  void aModelGoesOnAloneAfterWorkersHaveFailed() throws Exception {
    Model model = small(3);
    ThreadCollective.each(
        2,
        self -> {
          if (self.rank() == 1) {
            self.abort("lost");
            return "gone";
          }
          model.distribute(new DataParallel(self));
          assertThatExceptionOfType(DistributionException.class)
              .isThrownBy(() -> model.fit(sequences(), targets(2), o -> o.verbose(0)));
          return "failed";
        });

    model.distribute(null);
    History history = model.fit(sequences(), targets(2), o -> o.epochs(3).verbose(0));

    List<Double> losses = history.history().get("loss");
    assertThat(losses.get(2)).isLessThan(losses.get(0));
    model.close();
  }

  @Test
  void layersWithOtherArgumentsAreToldApart() {
    List<Model> models =
        List.of(
            small(3),
            made(
                3,
                () ->
                    chain(
                        m ->
                            m.add(new LSTM(4).inputShape(TIMESTEPS, FEATURES))
                                .add(new Dense(2).activation("tanh"))),
                c -> c.loss("mse").optimizer("adam")));

    assertThatExceptionOfType(DistributionException.class)
        .isThrownBy(() -> fitTogether(models, targets(2)))
        .withMessageContaining("worker 1 has another model or other data than worker 0.");
  }

  private static List<List<float[]>> fitTogether(List<Model> models, FloatNdArray y)
      throws Exception {
    return ThreadCollective.each(
        models.size(),
        self -> {
          try (Model model = models.get(self.rank())) {
            model.distribute(new DataParallel(self));
            int rows = (int) y.shape().get(0);
            model.fit(rows(sequences(), 0, rows), y, o -> o.epochs(2).verbose(0));
            return floats(model);
          }
        });
  }

  /** With other orders on the workers, some samples would count twice and others never. */
  @Test
  void eachSampleCountsOnceInAShuffledEpochWithoutASeed() throws Exception {
    Supplier<Model> model =
        () -> chain(m -> m.add(new LSTM(4).inputShape(TIMESTEPS, FEATURES)).add(new Dense(2)));
    Consumer<CompileOptions> still = c -> c.loss("mse").optimizer(new SGD().learningRate(1e-20));
    List<Model> models = List.of(made(3, model, still), made(4, model, still));
    double expected;
    try (Model alone = made(3, model, still)) {
      expected = alone.evaluate(sequences(), targets(2), o -> o.verbose(0)).get("loss");
    }
    GlobalSeed.unset();

    List<List<Double>> losses =
        ThreadCollective.each(
            2,
            self -> {
              try (Model own = models.get(self.rank())) {
                own.distribute(new DataParallel(self));
                return own.fit(sequences(), targets(2), o -> o.epochs(3).verbose(0)).get("loss");
              }
            });

    assertThat(losses.get(0))
        .allSatisfy(loss -> assertThat(loss).isCloseTo(expected, within(1e-6)));
  }

  @Test
  void workersWithOtherNumbersOfSamplesOfTheirOwnAreNoTrouble() throws Exception {
    List<Model> models = List.of(small(3), small(4));

    List<List<float[]>> together =
        ThreadCollective.each(
            2,
            self -> {
              try (Model model = models.get(self.rank())) {
                model.distribute(new DataParallel(self).autoShardDataset(false));
                int rows = self.rank() == 0 ? 70 : 9;
                model.fit(
                    rows(sequences(), 0, rows),
                    rows(targets(2), 0, rows),
                    o -> o.epochs(2).batchSize(8).verbose(0));
                return floats(model);
              }
            });

    for (int i = 0; i < together.get(0).size(); i++) {
      assertThat(together.get(1).get(i)).containsExactly(together.get(0).get(i));
    }
  }

  @Test
  void batchesOfOtherLengthsOnTwoWorkersAreRefused() {
    List<Model> models =
        IntStream.range(0, 2)
            .mapToObj(
                i ->
                    made(
                        i,
                        () ->
                            chain(
                                m ->
                                    m.add(new Embedding(9, 4).inputShape((Integer) null))
                                        .add(new LSTM(3))
                                        .add(new Dense(2))),
                        c -> c.loss("mse").optimizer("adam")))
            .toList();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ThreadCollective.each(
                    2,
                    self -> {
                      try (Model model = models.get(self.rank())) {
                        model.distribute(new DataParallel(self).autoShardDataset(false));
                        Batch batch = Batch.of(new float[4][5 + self.rank()], new float[4][2]);
                        return model.fit(List.of(batch), o -> o.verbose(0));
                      }
                    }))
        .withMessageContaining("worker 1 has samples of other shapes than worker 0.");
  }

  @Test
  void differentModelsAreToldApart() {
    List<Model> models =
        List.of(
            small(3),
            made(
                3,
                () ->
                    chain(
                        m -> m.add(new LSTM(5).inputShape(TIMESTEPS, FEATURES)).add(new Dense(2))),
                c -> c.loss("mse").optimizer("adam")));

    assertThatExceptionOfType(DistributionException.class)
        .isThrownBy(
            () ->
                ThreadCollective.each(
                    2,
                    self -> {
                      try (Model model = models.get(self.rank())) {
                        model.distribute(new DataParallel(self));
                        return model.fit(sequences(), targets(2), o -> o.verbose(0));
                      }
                    }))
        .withMessageContaining("worker 1 has another model or other data than worker 0.")
        .withMessageContaining("with 418 numbers")
        .withMessageContaining("with 580 numbers");
  }

  @Test
  void notANumberOnOneWorkerIsNotANumberOnAll() throws Exception {
    FloatNdArray x = sequences();
    x.setFloat(Float.NaN, SAMPLES - 1, 0, 0);
    List<Model> models = List.of(small(3), small(4));

    List<Double> losses =
        ThreadCollective.each(
            2,
            self -> {
              try (Model model = models.get(self.rank())) {
                model.distribute(new DataParallel(self));
                return model
                    .fit(
                        x,
                        targets(2),
                        o -> o.verbose(0).shuffle(false).callbacks(new TerminateOnNaN()))
                    .history()
                    .get("loss")
                    .get(0);
              }
            });

    assertThat(losses).containsExactly(Double.NaN, Double.NaN);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "a stateful layer",
            (Supplier<Model>)
                () ->
                    chain(
                        m ->
                            m.add(
                                    new LSTM(4)
                                        .stateful(true)
                                        .batchInputShape(5, TIMESTEPS, FEATURES))
                                .add(new Dense(2))),
            (Consumer<CompileOptions>) c -> c.loss("mse").optimizer("adam"),
            "stateful"),
        Arguments.of(
            "a metric of one's own",
            (Supplier<Model>)
                () ->
                    chain(
                        m -> m.add(new LSTM(4).inputShape(TIMESTEPS, FEATURES)).add(new Dense(2))),
            (Consumer<CompileOptions>)
                c ->
                    c.loss("mse")
                        .optimizer("adam")
                        .metrics(
                            (LossFunction)
                                (tf, yTrue, yPred) -> tf.math.abs(tf.math.sub(yTrue, yPred))),
            "the metric \"<lambda>\" needs a whole batch at once"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatNeedsAWholeBatchIsRefused(
      String name, Supplier<Model> model, Consumer<CompileOptions> compile, String reason) {
    List<Model> models = List.of(made(3, model, compile), made(3, model, compile));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ThreadCollective.each(
                    2,
                    self -> {
                      try (Model own = models.get(self.rank())) {
                        own.distribute(new DataParallel(self));
                        return own.fit(sequences(), targets(2), o -> o.batchSize(5).verbose(0));
                      }
                    }))
        .withMessageContaining("workers cannot train it together.")
        .withMessageContaining(reason);
  }

  private static void assertClose(Map<String, Double> actual, Map<String, Double> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (key, value) -> assertThat(actual.get(key)).as(key).isCloseTo(value, within(TOLERANCE)));
  }
}
