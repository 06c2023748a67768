package keras.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;

class NumpyFormatTest {

  @Test
  void printsArraysAsNumpyDoes() {
    List<Golden> all = Golden.load("printed/arrays").all("arrays");
    assertThat(all).hasSizeGreaterThan(50);
    for (Golden each : all) {
      assertThat(NumpyFormat.of(each.floats("array"), each.shape("array")))
          .as(each.toString())
          .isEqualTo(each.text("printed"));
    }
  }

  @Test
  void isWhatArraysOfFloatsPrint() {
    assertThat(FloatArrays.of(new float[][] {{0.5f, 1}}, "x")).hasToString("[[0.5 1. ]]");
  }
}
