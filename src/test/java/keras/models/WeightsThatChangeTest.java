package keras.models;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import keras.layers.Dense;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Layer;
import keras.layers.SimpleRNN;
import keras.testing.RandomArrays;
import keras.utils.Utils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * A model that has predicted before gives, however its weights changed since, what a model gives
 * that began with these weights.
 */
class WeightsThatChangeTest {

  private static final int BATCH = 3;
  private static final int FEATURES = 3;
  private static final int UNITS = 4;

  private final Random random = new Random(8);

  @BeforeEach
  void seed() {
    Utils.setRandomSeed(8);
  }

  private static Layer<?> layer(String name) {
    return switch (name) {
      case "LSTM" -> new LSTM(UNITS);
      case "LSTM without bias" -> new LSTM(UNITS).useBias(false);
      case "GRU" -> new GRU(UNITS);
      case "GRU without bias" -> new GRU(UNITS).useBias(false);
      default -> new SimpleRNN(UNITS);
    };
  }

  private static Sequential model(String name) {
    Sequential model = new Sequential(new Input(shape(5, FEATURES)), layer(name), new Dense(2));
    model.compile(c -> c.loss("mse").optimizer("sgd"));
    return model;
  }

  private FloatNdArray random(long... shape) {
    return RandomArrays.gaussian(random, shape);
  }

  private static FloatNdArray predicted(Sequential model, FloatNdArray x) {
    return model.predict(x, p -> p.verbose(0));
  }

  /** With odd batches an LSTM is given another feature, so that its kernels look otherwise. */
  private void assertPredictsAsAFreshModel(Sequential model, String name) {
    try (Sequential fresh = model(name)) {
      fresh.setWeights(model.getWeights());
      for (int batch = 1; batch <= BATCH; batch++) {
        FloatNdArray x = random(batch, 5, FEATURES);
        assertThatArray(predicted(model, x)).isCloseTo(predicted(fresh, x));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LSTM", "LSTM without bias", "GRU", "GRU without bias", "SimpleRNN"})
  void predictsAndEvaluatesWithTheWeightsOfNow(String name) {
    FloatNdArray x = random(BATCH, 5, FEATURES);
    FloatNdArray y = random(BATCH, 2);
    try (Sequential model = model(name);
        Sequential source = model(name)) {
      FloatNdArray before = predicted(model, x);
      double loss = model.evaluate(x, y, e -> e.verbose(0)).get("loss");

      model.fit(x, y, f -> f.epochs(2).verbose(0));
      assertPredictsAsAFreshModel(model, name);
      assertThat(predicted(model, x)).isNotEqualTo(before);
      assertThat(model.evaluate(x, y, e -> e.verbose(0)).get("loss")).isLessThan(loss);

      model.trainOnBatch(x, y);
      assertPredictsAsAFreshModel(model, name);

      model.setWeights(source.getWeights());
      assertThatArray(predicted(model, x)).isCloseTo(predicted(source, x));

      List<FloatNdArray> weights = model.getWeights();
      model.getLayer(0).weights().get(0).assign(weights.get(0));
      model.getLayer(0).weights().get(1).assign(random(UNITS, weights.get(1).shape().get(1)));
      assertPredictsAsAFreshModel(model, name);

      model.compile(c -> c.loss("mse").optimizer("sgd"));
      assertPredictsAsAFreshModel(model, name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LSTM", "LSTM without bias", "GRU", "GRU without bias", "SimpleRNN"})
  void validatesWithTheWeightsOfTheEpoch(String name) {
    FloatNdArray x = random(BATCH, 5, FEATURES);
    FloatNdArray y = random(BATCH, 2);
    try (Sequential model = model(name)) {
      List<Double> losses =
          model
              .fit(x, y, f -> f.epochs(3).validationData(x, y).shuffle(false).verbose(0))
              .history()
              .get("val_loss");
      assertThat(losses).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
      assertThat(losses.get(2))
          .isCloseTo(model.evaluate(x, y, e -> e.verbose(0)).get("loss"), offset(1e-6));
    }
  }
}
