package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class LeakyReLUTest {

  private static LayerCheck check(LeakyReLU layer, String name) {
    return LayerCheck.of(layer).golden("layers/leaky_re_lu", name);
  }

  @Test
  void letsAFractionThroughAndPassesAMaskOn() {
    check(new LeakyReLU(), "defaults").input(2, 3, 4).outputShape(2, 3, 4).run();
  }

  @Test
  void takesASlope() {
    check(new LeakyReLU().negativeSlope(0.1), "slope").input(3, 5).outputShape(3, 5).run();
  }

  @Test
  void rejectsANegativeSlope() {
    assertThatThrownBy(() -> new LeakyReLU().negativeSlope(-0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            LeakyReLU: negativeSlope must not be negative.
              expected: 0 or more
              got:      -0.1
              fix:      leave negativeSlope out for the default""");
  }
}
