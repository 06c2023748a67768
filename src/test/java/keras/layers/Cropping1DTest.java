package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class Cropping1DTest {

  private static LayerCheck check(Cropping1D layer, String name) {
    return LayerCheck.of(layer).golden("layers/cropping1d", name);
  }

  @Test
  void takesTimestepsAwayAndDropsTheMask() {
    check(new Cropping1D(), "defaults").input(2, 3, 4).outputShape(2, 1, 4).run();
  }

  @Test
  void takesTimestepsAwayAtOneEnd() {
    check(new Cropping1D().cropping(2, 0), "two sides").input(2, 5, 2).outputShape(2, 3, 2).run();
  }

  @Test
  void rejectsToTakeEverythingAway() {
    Input input = new Input(Input.shape(4, 2));
    assertThatThrownBy(() -> new Cropping1D().cropping(2).name("c").call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Cropping1D "c": cropping leaves no timestep.
              expected: more than 4 timesteps
              got:      (?, 4, 2)
              fix:      take less away than cropping(2, 2) does""");
  }

  @Test
  void rejectsNegativeCropping() {
    assertThatThrownBy(() -> new Cropping1D().cropping(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Cropping1D: cropping must not be negative.
              expected: 0 or more at either end
              got:      cropping(-1, -1)
              fix:      new ZeroPadding1D() adds timesteps""");
  }
}
