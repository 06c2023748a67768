package keras.parity;

import java.util.Arrays;
import keras.internal.messages.Errors;
import keras.parity.Difference.Kind;
import keras.parity.Difference.Pair;

/**
 * Compares values up to the rounding of 32-bit floats. Two are close if they are no further apart
 * than the tolerance times Keras's value, or times a tenth of the largest value of the array: a
 * value that is small because larger ones cancelled carries their rounding.
 */
final class Closeness {

  private static final double FLOOR = 0.1;

  private final double tolerance;
  private double furthest;

  Closeness(double tolerance) {
    this.tolerance = tolerance;
  }

  /** Returns the largest relative difference of all that was compared and found close. */
  double furthest() {
    return furthest;
  }

  /** The largest magnitude of the values that have one. */
  static double scale(float... values) {
    double scale = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        scale = Math.max(scale, Math.abs(value));
      }
    }
    return scale;
  }

  /** Tells whether two values are close, in an array of this scale. */
  boolean close(float keras, float java, double scale) {
    return relative(keras, java, scale) <= tolerance;
  }

  /** The difference of two arrays of the same shape, or null if they are close. */
  Difference compare(
      Kind kind, int index, String name, String what, long[] shape, float[] keras, float[] java) {
    double scale = scale(keras);
    long wrong = 0;
    int first = -1;
    int worst = -1;
    double most = 0;
    for (int i = 0; i < keras.length; i++) {
      double relative = relative(keras[i], java[i], scale);
      if (relative > tolerance) {
        wrong++;
        first = first < 0 ? i : first;
      }
      if (relative > most) {
        most = relative;
        worst = i;
      }
    }
    if (wrong == 0) {
      furthest = Math.max(furthest, most);
      return null;
    }
    return new Difference(
        kind,
        index,
        name,
        what,
        Errors.shape(shape),
        wrong,
        keras.length,
        new Pair(position(first, shape), text(keras[first]), text(java[first])),
        new Pair(position(worst, shape), text(keras[worst]), text(java[worst])));
  }

  /** Returns the difference of the loss or a metric at one step, or null if they are close. */
  Difference compareStep(int step, String name, float[] keras, float java) {
    double relative = relative(keras[step], java, scale(keras));
    if (relative <= tolerance) {
      furthest = Math.max(furthest, relative);
      return null;
    }
    Pair pair = new Pair("", text(keras[step]), text(java));
    return new Difference(Kind.STEP, step, name, name, "", 1, 1, pair, pair);
  }

  static String text(float value) {
    return Float.toString(value);
  }

  private static double relative(float keras, float java, double scale) {
    if (keras == java || (Float.isNaN(keras) && Float.isNaN(java))) {
      return 0;
    }
    if (!Float.isFinite(keras) || !Float.isFinite(java)) {
      return Double.POSITIVE_INFINITY;
    }
    double measure = Math.max(Math.abs(keras), FLOOR * scale);
    return Math.abs((double) java - keras) / measure;
  }

  private static String position(int flat, long[] shape) {
    long[] position = new long[shape.length];
    long rest = flat;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      position[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return Arrays.toString(position);
  }
}
