package keras.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import keras.activations.Activations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementwiseTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tanh",
        "sigmoid",
        "hard_sigmoid",
        "relu",
        "relu6",
        "leaky_relu",
        "elu",
        "selu",
        "celu",
        "softplus",
        "softsign",
        "silu",
        "gelu",
        "mish",
        "linear",
        "exponential",
        "hard_tanh",
        "hard_silu",
        "sparse_sigmoid",
        "squareplus",
        "soft_shrink",
        "log_sigmoid",
        "threshold"
      })
  void knowsElementwiseActivations(String name) {
    assertThat(
            Elementwise.are(
                name.equals("threshold") ? Activations.threshold(0.5, 0) : Activations.get(name)))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"softmax", "log_softmax", "sparsemax", "glu"})
  void knowsActivationsThatLookAtSeveralElements(String name) {
    assertThat(Elementwise.are(Activations.tanh(), Activations.get(name))).isFalse();
  }

  @Test
  void looksIntoFunctionsOfTheUsersOwn() {
    assertThat(Elementwise.are((tf, x) -> tf.math.mul(x, tf.math.tanh(x)))).isTrue();
    assertThat(Elementwise.are((tf, x) -> tf.math.mul(x, tf.sum(x, tf.constant(-1))))).isFalse();
    assertThat(Elementwise.are((tf, x) -> tf.math.mul(x, tf.max(x, tf.constant(new int[] {0, 1})))))
        .as("a scalar that is made of the elements")
        .isFalse();
    assertThat(Elementwise.are((tf, x) -> tf.math.mul(x, tf.constant(new float[] {1, 2, 3, 4}))))
        .as("a factor of its own for each column")
        .isFalse();
  }

  @Test
  void takesAFunctionThatFailsForOneThatIsNot() {
    assertThat(
            Elementwise.are(
                (tf, x) -> {
                  throw new IllegalStateException("wants another shape");
                }))
        .isFalse();
  }
}
