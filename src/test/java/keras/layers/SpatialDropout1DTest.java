package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class SpatialDropout1DTest {

  private static LayerCheck check(SpatialDropout1D layer, String name) {
    return LayerCheck.of(layer).golden("layers/spatial_dropout1d", name);
  }

  @Test
  void dropsWholeFeaturesAsKerasDoes() {
    check(new SpatialDropout1D(0.4).seed(7), "seed").input(2, 3, 6).outputShape(2, 3, 6).run();
  }

  @Test
  void rejectsWhatIsNoSequence() {
    Input input = new Input(Input.shape(4));
    assertThatThrownBy(() -> new SpatialDropout1D(0.4).name("s").call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            SpatialDropout1D "s": it wants 3 dimensions.
              expected: (batch, timesteps, features)
              got:      (?, 4)
              fix:      give samples of (timesteps, features), or returnSequences(true) to a layer before""");
  }
}
