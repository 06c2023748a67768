package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class SoftmaxTest {

  private static LayerCheck check(Softmax layer, String name) {
    return LayerCheck.of(layer).golden("layers/softmax", name);
  }

  @Test
  void sumsToOneAlongTheLastAxis() {
    check(new Softmax(), "defaults").input(2, 3, 4).outputShape(2, 3, 4).run();
  }

  @Test
  void sumsToOneAlongOtherAxes() {
    check(new Softmax().axis(1), "another axis").input(2, 3, 4).outputShape(2, 3, 4).run();
    check(new Softmax().axis(1, 2), "two axes").input(2, 3, 4).outputShape(2, 3, 4).run();
  }

  @Test
  void leavesOutMaskedNumbers() {
    check(new Softmax(), "mask").input(2, 4).outputShape(2, 4).run();
    check(new Softmax(), "mask of all").input(2, 4).outputShape(2, 4).run();
  }

  @Test
  void rejectsTheBatchAsAxis() {
    Input input = new Input(Input.shape(3, 4));
    assertThatThrownBy(() -> new Softmax().axis(0).name("s").call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Softmax "s": it cannot work along axis 0.
              expected: axes from 1 to 2, or from -2 to -1
              got:      (?, 3, 4)
              fix:      name an axis of the samples; 0 is the batch""");
  }
}
