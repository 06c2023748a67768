package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class PReLUTest {

  private static LayerCheck check(PReLU layer, String name) {
    return LayerCheck.of(layer).golden("layers/p_re_lu", name);
  }

  @Test
  void learnsASlopeForEachNumber() {
    check(new PReLU(), "defaults")
        .input(2, 3, 4)
        .outputShape(2, 3, 4)
        .trainable(1)
        .fixedTime() // each timestep has an alpha of its own
        .run();
  }

  @Test
  void sharesTheSlopeAlongAxes() {
    check(new PReLU().sharedAxes(1).alphaConstraint("non_neg"), "shared axes")
        .input(2, 3, 4)
        .outputShape(2, 3, 4)
        .trainable(1)
        .run();
  }

  @Test
  void staysAsItIsWhenFrozen() {
    check(new PReLU().alphaRegularizer("l2").trainable(false), "frozen")
        .input(3, 5)
        .outputShape(3, 5)
        .trainable(0)
        .run();
  }

  @Test
  void rejectsSequencesOfUnknownLength() {
    Input input = new Input(Input.shape(null, 4));
    assertThatThrownBy(() -> new PReLU().name("p").call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            PReLU "p": the shape of a sample must be known, but for shared axes.
              expected: (batch, ...) with all sizes known
              got:      (?, ?, 4)
              fix:      sharedAxes(1) gives all timesteps the same alpha""");
  }

  @Test
  void rejectsAnAxisThatIsNotThere() {
    Input input = new Input(Input.shape(3, 4));
    assertThatThrownBy(() -> new PReLU().sharedAxes(3).name("p").call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            PReLU "p": sharedAxes names an axis that the input does not have.
              expected: axes from 1 to 2
              got:      (?, 3, 4)
              fix:      sharedAxes has [3]; the batch is 0""");
  }
}
