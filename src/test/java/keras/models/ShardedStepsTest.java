package keras.models;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import keras.layers.Dense;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.losses.Losses;
import keras.metrics.MeanMetricWrapper;
import keras.metrics.Metric;
import keras.optimizers.SGD;
import keras.utils.Utils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A batch that is cut into shards gives what it gives as a whole. A model with more batch sizes
 * than it makes programs of their own for goes on with one for any size, which has one shard.
 */
class ShardedStepsTest {

  private static final double TOLERANCE = 1e-6;

  private final Random random = new Random(5);
  private final float[][][] x = new float[32][20][32];
  private final float[][] y = new float[32][4];

  ShardedStepsTest() {
    for (float[][] sample : x) {
      for (float[] step : sample) {
        for (int i = 0; i < step.length; i++) {
          step[i] = (float) random.nextGaussian();
        }
      }
    }
    for (float[] row : y) {
      row[random.nextInt(4)] = 1;
    }
  }

  private static Sequential model(String layer) {
    Utils.setRandomSeed(3);
    Sequential model = new Sequential();
    model.add(new Input(shape(20, 32)));
    if (layer.equals("LSTM")) {
      model.add(new LSTM(64).returnSequences(true));
      model.add(new LSTM(32));
    } else {
      model.add(new GRU(64).returnSequences(true));
      model.add(new GRU(32));
    }
    model.add(new Dense(4).activation("softmax"));
    model.compile(
        c ->
            c.loss("categorical_crossentropy")
                .optimizer(new SGD().learningRate(0.5))
                .metrics("acc"));
    return model;
  }

  /** Uses up the programs for single sizes, changing nothing. */
  private void useOtherSizes(Sequential model) {
    for (int size = 1; size <= 3; size++) {
      float[][][] few = Arrays.copyOf(x, size);
      float[][] targets = Arrays.copyOf(y, size);
      model.trainOnBatch(few, targets, new float[size]);
      model.testOnBatch(few, targets);
      model.predictOnBatch(few);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LSTM", "GRU"})
  void trainingStepsAgree(String layer) {
    try (Sequential sharded = model(layer);
        Sequential whole = model(layer)) {
      useOtherSizes(whole);
      whole.resetMetrics();
      for (int step = 0; step < 3; step++) {
        same(whole.trainOnBatch(x, y), sharded.trainOnBatch(x, y));
      }
      for (int i = 0; i < whole.getWeights().size(); i++) {
        assertThatArray(sharded.getWeights().get(i))
            .as("weight %s", i)
            .within(TOLERANCE)
            // Twice that of the kernels: a bias is a sum of 640 gradients that nearly cancel.
            .atScale(0.2)
            .isCloseTo(whole.getWeights().get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LSTM", "GRU"})
  void testsAndPredictionsAgree(String layer) {
    try (Sequential sharded = model(layer);
        Sequential whole = model(layer)) {
      useOtherSizes(whole);
      whole.resetMetrics();
      same(whole.testOnBatch(x, y), sharded.testOnBatch(x, y));
      assertThatArray(sharded.predictOnBatch(x))
          .within(TOLERANCE)
          .isCloseTo(whole.predictOnBatch(x));
    }
  }

  /** Of what the samples are compared with each other in, a part of the batch has no loss. */
  @ParameterizedTest
  @ValueSource(strings = {"dice", "circle"})
  void lossOfAWholeBatchSeesTheWholeBatch(String name) {
    float[][] targets = new float[32][name.equals("circle") ? 1 : 4];
    for (float[] row : targets) {
      row[random.nextInt(row.length)] = random.nextInt(3);
    }
    try (Sequential model = model("GRU")) {
      model.compile(c -> c.loss(name).optimizer(new SGD()));
      Metric loss = new MeanMetricWrapper(Losses.get(name));
      loss.updateState(targets, model.predictOnBatch(x));
      double expected = loss.result();
      assertThat(model.testOnBatch(x, targets).get("loss")).isCloseTo(expected, within(1e-5));
      assertThat(model.trainOnBatch(x, targets).get("loss")).isCloseTo(expected, within(1e-5));
    }
  }

  private static void same(Map<String, Double> whole, Map<String, Double> sharded) {
    assertThat(sharded.keySet()).isEqualTo(whole.keySet());
    whole.forEach(
        (name, value) -> assertThat(sharded.get(name)).as(name).isCloseTo(value, within(2e-6)));
  }
}
