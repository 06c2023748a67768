package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class MaskingTest {

  private static LayerCheck check(Masking layer, String name) {
    return LayerCheck.of(layer).golden("layers/masking", name);
  }

  @Test
  void masksTimestepsOfZeros() {
    check(new Masking(), "zero").input(2, 3, 4).outputShape(2, 3, 4).run();
  }

  @Test
  void masksTimestepsOfAnotherValueAndZeroesThem() {
    check(new Masking().maskValue(0.5), "another value").input(2, 3, 4).outputShape(2, 3, 4).run();
  }

  @Test
  void replacesAnEarlierMask() {
    check(new Masking(), "over a mask").input(2, 3, 4).outputShape(2, 3, 4).run();
  }

  @Test
  void masksAllDimensionsButTheLast() {
    check(new Masking(), "four dimensions").input(2, 3, 4, 2).outputShape(2, 3, 4, 2).run();
    check(new Masking().maskValue(0.5), "vectors").input(2, 3).outputShape(2, 3).run();
  }

  @Test
  void rejectsSingleNumbers() {
    Input input = new Input(Input.shape());
    assertThatThrownBy(() -> new Masking().name("gaps").call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Masking "gaps": it wants at least 2 dimensions.
              expected: (batch, timesteps, features)
              got:      (?,)
              fix:      give samples of (timesteps, features) to the model""");
  }
}
