package keras.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class ReshapeTest {

  private static LayerCheck check(Reshape layer, String name) {
    return LayerCheck.of(layer).golden("layers/reshape", name);
  }

  @Test
  void keepsTheOrderOfTheNumbers() {
    check(new Reshape(3, 4), "matrix").input(2, 12).outputShape(2, 3, 4).run();
  }

  @Test
  void dropsTheMask() {
    check(new Reshape(12), "vector").input(2, 3, 4).outputShape(2, 12).run();
  }

  @Test
  void findsTheDimensionThatIsLeft() {
    check(new Reshape(-1, 2), "what is left").input(2, 3, 4).outputShape(2, 6, 2).run();
    check(new Reshape(2, -1, 3), "what is left behind")
        .input(2, 3, 4)
        .outputShape(2, 2, 2, 3)
        .run();
  }

  @Test
  void leavesOpenWhatAnUnknownInputLeavesOpen() {
    Shape output = new Reshape(-1, 2).computeOutputShape(Shape.of(-1, -1, 4));
    assertThat(output.asArray()).containsExactly(-1, -1, 2);
  }

  @Test
  void rejectsTwoOpenDimensions() {
    assertThatThrownBy(() -> new Reshape(-1, 3, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Reshape: targetShape must be a shape.
              expected: positive numbers; one of them may be -1, for what is left
              got:      [-1, 3, -1]
              fix:      new Reshape(3, -1) makes rows of what a sample holds, three of them""");
  }

  @Test
  void rejectsATargetOfAnotherSize() {
    Input input = new Input(Input.shape(3, 4));
    assertThatThrownBy(() -> new Reshape(5, 2).name("fold").call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Reshape "fold": the numbers of a sample do not fill targetShape.
              expected: a sample of 10 numbers for targetShape [5, 2]
              got:      (?, 3, 4)
              fix:      change targetShape to a shape of 12 numbers""");
    assertThatThrownBy(() -> new Reshape(5, -1).name("fold").call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Reshape "fold": the numbers of a sample do not fill targetShape.
              expected: a sample of a multiple of 5 numbers for targetShape [5, -1]
              got:      (?, 3, 4)
              fix:      change targetShape to a shape of 12 numbers""");
  }
}
