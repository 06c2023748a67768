package keras.testing;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.tensorflow.ndarray.FloatNdArray;

/** Compares arrays whose elements are of very different sizes: each by its own size. */
public final class EachClose {
  private EachClose() {}

  /**
   * Each element is as close as {@link Close} asks, where elements smaller than a tenth of {@code
   * scale} may be as far off as if they were that large.
   */
  public static void assertEachClose(
      String what, FloatNdArray actual, FloatNdArray expected, double scale) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    if (expected.rank() == 0) {
      assertThatArray(actual).as(what).atScale(scale).isCloseTo(expected);
      return;
    }
    expected
        .scalars()
        .forEachIndexed(
            (at, element) ->
                assertThatArray(actual.getFloat(at))
                    .as(what + " " + Arrays.toString(at))
                    .atScale(scale)
                    .isCloseTo(element.getFloat()));
  }
}
