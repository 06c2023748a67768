package keras.layers;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class GlobalMaxPooling1DTest {

  private static LayerCheck check(GlobalMaxPooling1D layer, String name) {
    return LayerCheck.of(layer).golden("layers/global_max_pooling1d", name);
  }

  @Test
  void takesTheLargestAndDropsTheMask() {
    check(new GlobalMaxPooling1D(), "defaults").input(2, 3, 4).outputShape(2, 4).run();
    check(new GlobalMaxPooling1D().keepdims(true), "keepdims")
        .input(2, 3, 4)
        .outputShape(2, 1, 4)
        .run();
  }

  @Test
  void takesChannelsFirst() {
    check(new GlobalMaxPooling1D().dataFormat("channels_first").keepdims(true), "channels_first")
        .input(2, 3, 4)
        .outputShape(2, 3, 1)
        .run();
  }
}
