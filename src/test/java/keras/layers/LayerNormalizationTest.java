package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class LayerNormalizationTest {

  private static LayerCheck check(LayerNormalization layer, String name) {
    return LayerCheck.of(layer).golden("layers/layer_normalization", name);
  }

  @Test
  void normalizesTheLastAxisAndPassesAMaskOn() {
    check(new LayerNormalization(), "defaults")
        .input(2, 3, 4)
        .outputShape(2, 3, 4)
        .trainable(2)
        .run();
  }

  @Test
  void normalizesOtherAxes() {
    check(new LayerNormalization().axis(2, 1).epsilon(0.01), "two axes")
        .input(2, 3, 4)
        .outputShape(2, 3, 4)
        .trainable(2)
        .fixedTime() // its weights have the timesteps' shape
        .run();
    check(new LayerNormalization().axis(1), "another axis")
        .input(2, 3, 4)
        .outputShape(2, 3, 4)
        .trainable(2)
        .fixedTime() // its weights have the timesteps' shape
        .run();
  }

  @Test
  void leavesOutGammaAndBeta() {
    check(new LayerNormalization().center(false).scale(false), "neither")
        .input(3, 5)
        .outputShape(3, 5)
        .trainable(0)
        .run();
  }

  @Test
  void rejectsTheBatchAsAxis() {
    Input input = new Input(Input.shape(3, 4));
    assertThatThrownBy(() -> new LayerNormalization().axis(-3).name("n").call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            LayerNormalization "n": it cannot work along axis -3.
              expected: axes from 1 to 2, or from -2 to -1
              got:      (?, 3, 4)
              fix:      name an axis of the samples; 0 is the batch""");
  }

  @Test
  void rejectsSequencesOfUnknownLengthAlongTime() {
    Input input = new Input(Input.shape(null, 4));
    assertThatThrownBy(() -> new LayerNormalization().axis(1).name("n").call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            LayerNormalization "n": the sizes of the axes must be known.
              expected: known sizes of the axes [1]
              got:      (?, ?, 4)
              fix:      give these sizes in the model's Input, and leave the batch out of axis(...)""");
  }
}
