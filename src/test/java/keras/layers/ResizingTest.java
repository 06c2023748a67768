package keras.layers;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.models.Sequential;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;

class ResizingTest {

  @Test
  void takesTheMeanOfAnArea() {
    float[][][][] picture = {{{{1}, {2}, {3}, {4}}, {{5}, {6}, {7}, {9}}}};
    try (Sequential model =
        new Sequential(new Input(shape(2, 4, 1)), new Resizing(1, 2).interpolation("area"))) {
      assertThatArray(model.predict(FloatArrays.of(picture, "picture")))
          .isCloseTo(FloatArrays.of(new float[][][][] {{{{3.5f}, {5.75f}}}}, "means"));
    }
  }

  @Test
  void takesImagesOfAnySizeUnlessTheyAreCut() {
    float[][][][] picture = {{{{1}, {2}}, {{3}, {4}}}};
    try (Sequential model =
        new Sequential(
            new Input(shape(null, null, 1)), new Resizing(1, 1).interpolation("bilinear"))) {
      assertThatArray(model.predict(FloatArrays.of(picture, "picture")))
          .isCloseTo(FloatArrays.of(new float[][][][] {{{{2.5f}}}}, "mean"));
    }
    assertThatThrownBy(
            () -> new Sequential(new Input(shape(null, null, 1)), new CenterCrop(1, 1)).close())
        .hasMessageContaining("the size of the images must be known");
  }

  @Test
  void refusesToCutAndFrameAtOnce() {
    assertThatThrownBy(
            () ->
                new Sequential(
                        new Input(shape(2, 4, 1)),
                        new Resizing(1, 2).cropToAspectRatio(true).padToAspectRatio(true))
                    .close())
        .hasMessageContaining("not both");
    assertThatThrownBy(() -> new Resizing(1, 2).interpolation("cubic"))
        .hasMessageContaining("one of bilinear, nearest");
    assertThatThrownBy(() -> new Resizing(0, 2)).hasMessageContaining("height");
  }
}
