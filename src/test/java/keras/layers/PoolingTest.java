package keras.layers;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

/** Largest numbers and means of pools, along sequences and images. */
class PoolingTest {

  private static LayerCheck check(Layer<?> layer, String file, String name) {
    return LayerCheck.of(layer).golden("layers/" + file, name);
  }

  @Test
  void findsTheLargestOfTimesteps() {
    check(new MaxPooling1D(), "max_pooling1d", "defaults")
        .input(2, 5, 3)
        .outputShape(2, 2, 3)
        .run();
    check(new MaxPooling1D(3).strides(2).padding("same"), "max_pooling1d", "same, strides")
        .input(2, 6, 2)
        .outputShape(2, 3, 2)
        .run();
    check(new MaxPooling1D(2).dataFormat("channels_first"), "max_pooling1d", "channels_first")
        .input(2, 3, 6)
        .outputShape(2, 3, 3)
        .run();
  }

  @Test
  void findsTheLargestOfImages() {
    check(new MaxPooling2D(), "max_pooling2d", "defaults")
        .input(2, 4, 5, 2)
        .outputShape(2, 2, 2, 2)
        .run();
    check(new MaxPooling2D(3, 2).strides(1, 2).padding("same"), "max_pooling2d", "same, strides")
        .input(2, 5, 4, 3)
        .outputShape(2, 5, 2, 3)
        .run();
    check(new MaxPooling2D(2).dataFormat("channels_first"), "max_pooling2d", "channels_first")
        .input(2, 3, 4, 6)
        .outputShape(2, 3, 2, 3)
        .run();
  }

  @Test
  void findsTheMeanOfTimesteps() {
    check(new AveragePooling1D(2), "average_pooling1d", "defaults")
        .input(2, 5, 3)
        .outputShape(2, 2, 3)
        .run();
    check(new AveragePooling1D(3).strides(2).padding("same"), "average_pooling1d", "same, strides")
        .input(2, 6, 2)
        .outputShape(2, 3, 2)
        .run();
    check(
            new AveragePooling1D(2).dataFormat("channels_first"),
            "average_pooling1d",
            "channels_first")
        .input(2, 3, 6)
        .outputShape(2, 3, 3)
        .run();
  }

  @Test
  void findsTheMeanOfImages() {
    check(new AveragePooling2D(2), "average_pooling2d", "defaults")
        .input(2, 4, 5, 2)
        .outputShape(2, 2, 2, 2)
        .run();
    check(
            new AveragePooling2D(3, 2).strides(1, 2).padding("same"),
            "average_pooling2d",
            "same, strides")
        .input(2, 5, 4, 3)
        .outputShape(2, 5, 2, 3)
        .run();
    check(
            new AveragePooling2D(2).dataFormat("channels_first"),
            "average_pooling2d",
            "channels_first")
        .input(2, 3, 4, 6)
        .outputShape(2, 3, 2, 3)
        .run();
  }

  @Test
  void refusesPoolsOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MaxPooling1D(0))
        .withMessageContaining("poolSize");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AveragePooling2D(2).padding("causal"))
        .withMessageContaining("\"causal\"");
  }
}
