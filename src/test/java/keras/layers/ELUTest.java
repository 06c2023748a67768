package keras.layers;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class ELUTest {

  private static LayerCheck check(ELU layer, String name) {
    return LayerCheck.of(layer).golden("layers/elu", name);
  }

  @Test
  void bendsNegativeNumbersAndPassesAMaskOn() {
    check(new ELU(), "defaults").input(2, 3, 4).outputShape(2, 3, 4).run();
  }

  @Test
  void takesAnAlpha() {
    check(new ELU().alpha(0.4), "alpha").input(3, 5).outputShape(3, 5).run();
  }
}
