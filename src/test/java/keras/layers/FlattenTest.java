package keras.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class FlattenTest {

  private static LayerCheck check(Flatten layer, String name) {
    return LayerCheck.of(layer).golden("layers/flatten", name);
  }

  @Test
  void laysARowBehindTheOther() {
    check(new Flatten(), "matrix").input(2, 3, 4).outputShape(2, 12).run();
    check(new Flatten(), "vector").input(2, 3).outputShape(2, 3).run();
  }

  @Test
  void makesAVectorOfASingleNumber() {
    check(new Flatten(), "scalar").input(3).outputShape(3, 1).run();
  }

  @Test
  void dropsTheMask() {
    check(new Flatten(), "mask").input(2, 3, 4).outputShape(2, 12).run();
  }

  @Test
  void movesLeadingChannelsToTheEnd() {
    check(new Flatten().dataFormat("channels_first"), "channels_first")
        .input(2, 3, 2, 4)
        .outputShape(2, 24)
        .run();
    check(new Flatten().dataFormat("channels_first"), "channels_first, matrix")
        .input(2, 3, 4)
        .outputShape(2, 12)
        .run();
  }

  @Test
  void doesNotKnowTheWidthOfSequencesOfAnyLength() {
    Shape output = new Flatten().computeOutputShape(Shape.of(-1, -1, 4));
    assertThat(output.asArray()).containsExactly(-1, -1);
  }

  @Test
  void rejectsAnUnknownDataFormat() {
    assertThatThrownBy(() -> new Flatten().dataFormat("channel_last"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            data format "channel_last" is not known. Did you mean "channels_last"?
              expected: one of channels_last, channels_first
              got:      "channel_last"
              fix:      write "channels_last\"""");
  }
}
