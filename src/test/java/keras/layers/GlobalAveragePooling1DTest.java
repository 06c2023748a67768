package keras.layers;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class GlobalAveragePooling1DTest {

  private static LayerCheck check(GlobalAveragePooling1D layer, String name) {
    return LayerCheck.of(layer).golden("layers/global_average_pooling1d", name);
  }

  @Test
  void averagesOverTheTimesteps() {
    check(new GlobalAveragePooling1D(), "defaults").input(2, 3, 4).outputShape(2, 4).run();
    check(new GlobalAveragePooling1D().keepdims(true), "keepdims")
        .input(2, 3, 4)
        .outputShape(2, 1, 4)
        .run();
  }

  @Test
  void takesChannelsFirst() {
    check(new GlobalAveragePooling1D().dataFormat("channels_first"), "channels_first")
        .input(2, 3, 4)
        .outputShape(2, 3)
        .run();
  }

  @Test
  void leavesOutMaskedTimesteps() {
    check(new GlobalAveragePooling1D(), "mask").input(2, 3, 4).outputShape(2, 4).run();
    check(new GlobalAveragePooling1D().keepdims(true), "mask, keepdims")
        .input(2, 3, 4)
        .outputShape(2, 1, 4)
        .run();
  }
}
