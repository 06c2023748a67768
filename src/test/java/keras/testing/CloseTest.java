package keras.testing;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;

class CloseTest {
  @Test
  void acceptsOneHundredThousandthOfTheElement() {
    assertThatCode(() -> assertThatArray(1.000009f, -2).isCloseTo(1, -2))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> assertThatArray(1.000012f, -2).isCloseTo(1, -2))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void measuresSmallElementsByATenthOfTheLargest() {
    assertThatCode(() -> assertThatArray(2e-6f, 2).isCloseTo(1e-6f, 2)).doesNotThrowAnyException();
    assertThatThrownBy(() -> assertThatArray(4e-6f, 2).isCloseTo(1e-6f, 2))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void isAsStrictWithSmallArrays() {
    assertThatThrownBy(() -> assertThatArray(1.0001e-9f, 2e-9f).isCloseTo(1e-9f, 2e-9f))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void takesOnlyZerosForZerosUnlessToldAScale() {
    assertThatThrownBy(() -> assertThatArray(1e-9f, 0).isCloseTo(0, 0))
        .isInstanceOf(AssertionError.class);
    assertThatCode(() -> assertThatArray(1e-9f, -0f).atScale(1).isCloseTo(0, 0))
        .doesNotThrowAnyException();
  }

  @Test
  void takesNotANumberAndInfinityLiterally() {
    float inf = Float.POSITIVE_INFINITY;
    assertThatCode(() -> assertThatArray(Float.NaN, inf).isCloseTo(Float.NaN, inf))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> assertThatArray(Float.NaN, 1).isCloseTo(1, 1))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> assertThatArray(inf, 1).isCloseTo(-inf, 1))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void rejectsAnotherShapeOfTheSameSize() {
    assertThatThrownBy(
            () ->
                assertThatArray(NdArrays.ofFloats(Shape.of(2, 3)))
                    .isCloseTo(NdArrays.ofFloats(Shape.of(3, 2))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("Expected shape: [3, 2]", "but had shape: [2, 3]");
  }

  @Test
  void showsTheElementThatIsFurthestAway() {
    assertThatThrownBy(
            () ->
                assertThatArray(
                        NdArrays.ofFloats(Shape.of(2, 2)).setFloat(3, 1, 0).setFloat(2, 0, 1))
                    .as("kernel")
                    .within(0.5)
                    .isCloseTo(NdArrays.ofFloats(Shape.of(2, 2)).setFloat(1, 1, 0)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "[kernel]",
            "The furthest of 2 elements out of 4 that are too far is at [0, 1]:",
            "expected: 0.0",
            "but was:  2.0",
            "which is 40.0 times the tolerance (relative 0.5, scale of the array 1.0).");
  }
}
