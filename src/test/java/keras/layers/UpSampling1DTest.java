package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class UpSampling1DTest {

  private static LayerCheck check(UpSampling1D layer, String name) {
    return LayerCheck.of(layer).golden("layers/up_sampling1d", name);
  }

  @Test
  void repeatsEachTimestepAndDropsTheMask() {
    check(new UpSampling1D(), "defaults").input(2, 3, 4).outputShape(2, 6, 4).run();
    check(new UpSampling1D().size(3), "three times").input(2, 3, 2).outputShape(2, 9, 2).run();
  }

  @Test
  void rejectsToRepeatZeroTimes() {
    assertThatThrownBy(() -> new UpSampling1D().size(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            UpSampling1D: size must be a positive number.
              expected: at least 1
              got:      0
              fix:      give size a value of 1 or more""");
  }
}
