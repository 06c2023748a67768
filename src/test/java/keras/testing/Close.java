package keras.testing;

import java.util.Arrays;
import org.assertj.core.api.AbstractAssert;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;

/**
 * Says whether an array has the values that Keras computed, up to the rounding of 32-bit floats.
 *
 * <p>Shapes must be the same, and each element must satisfy {@code |actual - expected| <= 1e-5 *
 * max(|expected|, 0.1 * scale)}, where {@code scale} is the largest finite magnitude in the
 * expected array. The floor is there because an element that is small only because larger terms
 * cancelled carries the rounding errors of those terms. It grows and shrinks with the array:
 * gradients of 1e-6 are compared as strictly as outputs of 1. An expected array of zeros has no
 * scale, so only zeros are close to it, unless {@link #atScale} gives one. {@code NaN} equals
 * {@code NaN}, and an infinity the same infinity.
 *
 * <pre>{@code
 * import static keras.testing.Close.assertThatArray;
 *
 * assertThatArray(model.predict(x)).as("after three steps").isCloseTo(golden.array("y"));
 * }</pre>
 */
public final class Close extends AbstractAssert<Close, FloatNdArray> {
  /** The relative tolerance where none is given. */
  public static final double RELATIVE = 1e-5;

  private static final double FLOOR = 0.1;

  private double relative = RELATIVE;
  private double leastScale;

  private Close(FloatNdArray actual) {
    super(actual, Close.class);
  }

  /** Starts an assertion about an array. */
  public static Close assertThatArray(FloatNdArray actual) {
    return new Close(actual);
  }

  /** Starts an assertion about a vector. */
  public static Close assertThatArray(float... actual) {
    return new Close(vector(actual));
  }

  /** Another relative tolerance; say beside it why 1e-5 cannot be reached. */
  public Close within(double relativeTolerance) {
    relative = relativeTolerance;
    return this;
  }

  /**
   * The least scale to assume: the magnitude of the terms that cancelled, for arrays whose expected
   * values are zero or nearly zero throughout.
   */
  public Close atScale(double magnitude) {
    leastScale = magnitude;
    return this;
  }

  /** The array has this shape. */
  public Close hasShape(long... shape) {
    isNotNull();
    if (!Arrays.equals(actual.shape().asArray(), shape)) {
      failWithMessage(
          "%nExpected shape: %s%n but had shape: %s",
          Arrays.toString(shape), Arrays.toString(actual.shape().asArray()));
    }
    return this;
  }

  /** The vector has these values, up to the tolerance. */
  public Close isCloseTo(float... expected) {
    return isCloseTo(vector(expected));
  }

  /** The array has this shape and these values, up to the tolerance. */
  public Close isCloseTo(FloatNdArray expected) {
    hasShape(expected.shape().asArray());
    float[] wanted = values(expected);
    float[] got = values(actual);
    double scale = leastScale;
    for (float each : wanted) {
      if (Float.isFinite(each)) {
        scale = Math.max(scale, Math.abs(each));
      }
    }
    int wrong = 0;
    int worst = -1;
    double worstRatio = 0;
    for (int i = 0; i < wanted.length; i++) {
      double ratio = ratio(got[i], wanted[i], scale);
      wrong += ratio > 1 ? 1 : 0;
      if (ratio > Math.max(1, worstRatio)) {
        worst = i;
        worstRatio = ratio;
      }
    }
    if (worst >= 0) {
      failWithActualExpectedAndMessage(
          head(got),
          head(wanted),
          "%nThe furthest of %s elements out of %s that are too far is at %s:%n"
              + "  expected: %s%n  but was:  %s%n"
              + "  which is %s times the tolerance (relative %s, scale of the array %s).%n"
              + "Expected: %s%n but was: %s",
          wrong,
          wanted.length,
          Arrays.toString(position(worst, expected.shape().asArray())),
          wanted[worst],
          got[worst],
          worstRatio,
          relative,
          scale,
          head(wanted),
          head(got));
    }
    return this;
  }

  /** How far an element is, as a multiple of what is allowed. */
  private double ratio(float got, float wanted, double scale) {
    if (Float.compare(got, wanted) == 0 || got == wanted) {
      return 0;
    }
    if (!Float.isFinite(got) || !Float.isFinite(wanted)) {
      return Double.POSITIVE_INFINITY;
    }
    double allowed = relative * Math.max(Math.abs(wanted), FLOOR * scale);
    return Math.abs((double) got - wanted) / allowed;
  }

  private static long[] position(long flat, long[] shape) {
    long[] position = new long[shape.length];
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      position[axis] = flat % shape[axis];
      flat /= shape[axis];
    }
    return position;
  }

  private static String head(float[] values) {
    String text = Arrays.toString(Arrays.copyOf(values, Math.min(values.length, 12)));
    return values.length <= 12 ? text : text.replace("]", ", ...]");
  }

  private static float[] values(FloatNdArray array) {
    float[] values = new float[Math.toIntExact(array.shape().size())];
    array.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  private static FloatNdArray vector(float[] values) {
    return NdArrays.wrap(Shape.of(values.length), DataBuffers.of(values));
  }
}
