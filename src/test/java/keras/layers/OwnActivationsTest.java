package keras.layers;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import keras.activations.Activations;
import keras.models.Sequential;
import org.junit.jupiter.api.Test;

/** Layers with activations that have no name. */
class OwnActivationsTest {

  @Test
  void lstmComputesTheSameWithAFunctionOfOnesOwn() {
    keras.activations.Activation tanh = (tf, x) -> tf.math.tanh(x);
    keras.activations.Activation sigmoid = (tf, x) -> tf.math.sigmoid(x);
    float[][][] x = {{{1, -2}, {0.5f, 3}}, {{-1, 0.25f}, {2, 1}}};
    try (Sequential named = new Sequential(new Input(shape(2, 2)), new LSTM(3));
        Sequential own =
            new Sequential(
                new Input(shape(2, 2)),
                new LSTM(3).activation(tanh).recurrentActivation(sigmoid))) {
      own.setWeights(named.getWeights());
      assertThatArray(own.predict(x, p -> p.verbose(0)))
          .isCloseTo(named.predict(x, p -> p.verbose(0)));
    }
  }

  @Test
  void activationWritesItsArguments() {
    assertThat(new Activation(Activations.leakyRelu(0.3)).getConfig().get("activation"))
        .isInstanceOfSatisfying(
            Map.class, written -> assertThat(written.get("class_name")).isEqualTo("LeakyReLU"));
  }
}
