package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class ReLUTest {

  private static LayerCheck check(ReLU layer, String name) {
    return LayerCheck.of(layer).golden("layers/re_lu", name);
  }

  @Test
  void zeroesNegativeNumbersAndPassesAMaskOn() {
    check(new ReLU(), "defaults").input(2, 3, 4).outputShape(2, 3, 4).run();
  }

  @Test
  void takesSlopeThresholdAndLimit() {
    check(new ReLU().maxValue(0.6).negativeSlope(0.2).threshold(0.1), "arguments")
        .input(3, 5)
        .outputShape(3, 5)
        .run();
  }

  @Test
  void rejectsNegativeArguments() {
    assertThatThrownBy(() -> new ReLU().maxValue(-1.0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            ReLU: maxValue must not be negative.
              expected: 0 or more
              got:      -1.0
              fix:      leave maxValue out for the default""");
  }
}
