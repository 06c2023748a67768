package keras.internal.trainers;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import keras.callbacks.Callback;
import keras.callbacks.LambdaCallback;
import keras.internal.graph.Engine;
import keras.internal.trainers.Programs.Mode;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Masking;
import keras.layers.SimpleRNN;
import keras.losses.LossFunction;
import keras.losses.MeanSquaredError;
import keras.models.CompileOptions;
import keras.models.Sequential;
import keras.utils.Batch;
import keras.utils.FloatArrays;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

class BatchMergingTest {

  private static final int SAMPLES = 75;

  // ---- how many

  @ParameterizedTest
  @CsvSource({
    "100, 32, 100", // all of them
    "5000, 32, 1024", // no more than so many samples
    "5000, 1000, 1000", // one batch is enough
    "32, 32, 32"
  })
  void takesSeveralBatches(int samples, int batchSize, int joined) {
    assertThat(first(samples, batchSize, 3, false, -1).size()).isEqualTo(joined);
  }

  @Test
  void takesNoMoreThanAMebibyte() {
    assertThat(first(200, 2, 10_000, false, -1).size()).isEqualTo(26);
  }

  @Test
  void leavesBatchesOfAFixedSizeAlone() {
    assertThat(first(100, 4, 3, false, 4).size()).isEqualTo(4);
    assertThat(first(100, 4, 3, true, -1).size()).isEqualTo(4);
  }

  private static Batch first(
      int samples, int batchSize, int features, boolean stateful, long fixedBatch) {
    try (Engine engine = new Engine()) {
      Network network = new Doubling(engine, stateful, fixedBatch, features);
      Source source = new ArraySource(Batch.of(new float[samples][features]), batchSize, null);
      Source joined =
          new BatchMerging(network, new Programs(network, null, null)).of(Mode.PREDICT, source);
      Batch batch = joined.epoch().next();
      assertThat(joined.batchesIn(batch)).isEqualTo((batch.size() + batchSize - 1) / batchSize);
      assertThat(joined.steps()).isEqualTo(source.steps());
      return batch;
    }
  }

  // ---- the same numbers

  private static float[][][] x() {
    Random random = new Random(4);
    float[][][] x = new float[SAMPLES][5][2];
    for (float[][] sequence : x) {
      int length = 1 + random.nextInt(5);
      for (int t = 0; t < 5; t++) {
        for (int i = 0; i < 2; i++) {
          sequence[t][i] = t < length ? random.nextFloat() + t : -1;
        }
      }
    }
    return x;
  }

  private static final LossFunction OVER_THE_BATCH =
      (tf, yTrue, yPred) ->
          tf.reduceMax(tf.math.abs(tf.math.sub(yTrue, yPred)), tf.constant(new int[] {0, 1, 2}));

  static Stream<Consumer<CompileOptions>> compilations() {
    return Stream.of(
        c -> c.loss("mse").metrics("mae", "mse"),
        c -> c.loss(new MeanSquaredError().reduction("sum")),
        c -> c.loss(new MeanSquaredError().reduction("none")),
        c -> c.loss(new MeanSquaredError().reduction("mean_with_sample_weight")),
        c -> c.loss(OVER_THE_BATCH),
        c -> c.loss("mse").metrics(OVER_THE_BATCH));
  }

  @ParameterizedTest
  @MethodSource("compilations")
  void giveTheSameAsBatchByBatch(Consumer<CompileOptions> compilation) {
    try (Sequential model = new Sequential(new Input(shape(5, 2)))) {
      model.add(new SimpleRNN(3).returnSequences(true).kernelRegularizer("l2"));
      checkSame(model, compilation, null);
    }
  }

  @Test
  void giveTheSameWithMasks() {
    try (Sequential model = new Sequential(new Input(shape(5, 2)))) {
      model.add(new Masking().maskValue(-1));
      model.add(new LSTM(3).returnSequences(true));
      checkSame(model, c -> c.loss("mse").metrics("mae").weightedMetrics("mse"), null);
    }
  }

  @Test
  void giveTheSameWithWeights() {
    try (Sequential model = new Sequential(new Input(shape(5, 2)), new Dense(3))) {
      float[][] weights = new float[SAMPLES][1];
      for (int i = 0; i < SAMPLES; i++) {
        weights[i][0] = i % 7;
      }
      checkSame(
          model,
          c ->
              c.loss(new MeanSquaredError().reduction("mean_with_sample_weight"))
                  .weightedMetrics("mae"),
          weights);
    }
  }

  /** A callback that sees each batch keeps them apart. */
  private static void checkSame(
      Sequential model, Consumer<CompileOptions> compilation, float[][] weights) {
    model.compile(compilation);
    float[][][] x = x();
    float[][][] y = new float[SAMPLES][5][3];
    for (int i = 0; i < SAMPLES; i++) {
      y[i][i % 5][i % 3] = i;
    }
    List<Integer> seen = new ArrayList<>();
    LambdaCallback apart = new LambdaCallback().onTestBatchEnd((batch, logs) -> seen.add(batch));
    Map<String, Double> joined =
        model.evaluate(x, y, e -> e.batchSize(4).verbose(0).sampleWeight(weights));
    Map<String, Double> expected =
        model.evaluate(x, y, e -> e.batchSize(4).verbose(0).sampleWeight(weights).callbacks(apart));
    assertThat(seen).hasSize(19);
    assertThat(joined).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, value) ->
            assertThat(joined.get(name)).as(name).isCloseTo(value, within(1e-6 * value)));
  }

  /** As in Keras, a random layer's counter moves on with every batch, in tests too. */
  @Test
  void leaveTheSameRandomNumbersForLater() {
    List<FloatNdArray> weights = new ArrayList<>();
    for (Callback callback : List.of(new LambdaCallback(), seesEachBatch())) {
      Utils.setRandomSeed(3);
      try (Sequential model = new Sequential(new Input(shape(5, 2)))) {
        model.add(new SimpleRNN(3).dropout(0.5).returnSequences(true));
        model.compile(c -> c.loss("mse").optimizer("sgd"));
        float[][][] y = new float[SAMPLES][5][3];
        model.evaluate(x(), y, e -> e.batchSize(4).verbose(0).callbacks(callback));
        model.predict(x(), p -> p.batchSize(4).verbose(0).callbacks(callback));
        model.fit(x(), y, f -> f.batchSize(75).verbose(0));
        weights.add(model.getWeights().get(0));
      }
    }
    assertThat(weights.get(0)).isEqualTo(weights.get(1));
  }

  private static Callback seesEachBatch() {
    return new LambdaCallback()
        .onTestBatchEnd((batch, logs) -> {})
        .onPredictBatchEnd((batch, logs) -> {});
  }

  @Test
  void predictTheSameInTheSameOrder() {
    try (Sequential model = new Sequential(new Input(shape(5, 2)), new LSTM(3), new Dense(1))) {
      List<float[]> apart = new ArrayList<>();
      LambdaCallback seen =
          new LambdaCallback()
              .onPredictBatchEnd(
                  (batch, logs) -> apart.add(FloatArrays.values(logs.get("outputs").get(0))));
      model.predict(x(), p -> p.batchSize(4).verbose(0).callbacks(seen));
      float[] joined = FloatArrays.values(model.predict(x(), p -> p.batchSize(4).verbose(0)));
      assertThat(apart).hasSize(19);
      for (int i = 0; i < SAMPLES; i++) {
        assertThat(joined[i]).as("sample " + i).isCloseTo(apart.get(i / 4)[i % 4], within(1e-6f));
      }
    }
  }
}
