package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class ZeroPadding1DTest {

  private static LayerCheck check(ZeroPadding1D layer, String name) {
    return LayerCheck.of(layer).golden("layers/zero_padding1d", name);
  }

  @Test
  void addsTimestepsAndDropsTheMask() {
    check(new ZeroPadding1D(), "defaults").input(2, 3, 4).outputShape(2, 5, 4).run();
  }

  @Test
  void addsTimestepsOnOneSide() {
    check(new ZeroPadding1D().padding(2, 0), "two sides").input(2, 3, 4).outputShape(2, 5, 4).run();
  }

  @Test
  void takesChannelsFirst() {
    check(new ZeroPadding1D().padding(2).dataFormat("channels_first"), "channels_first")
        .input(2, 3, 4)
        .outputShape(2, 3, 8)
        .run();
  }

  @Test
  void rejectsNegativePadding() {
    assertThatThrownBy(() -> new ZeroPadding1D().padding(1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            ZeroPadding1D: padding must not be negative.
              expected: 0 or more on either side
              got:      padding(1, -1)
              fix:      new Cropping1D() takes timesteps away""");
  }
}
