package keras.utils;

import java.util.Locale;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.FloatNdArray;

/** Whole numbers of any size beside the floats that they are rounded to. */
final class WholeNumbers {

  /** From here on a float stands for several whole numbers. */
  private static final float ROUNDED = 1 << 24;

  /** Is rounded to a float that the one beside it is not. */
  private static final long UNKNOWN = Long.MIN_VALUE;

  private WholeNumbers() {}

  /** Returns the numbers of a Java array if floats round them; null for any others. */
  static long[] rounded(float[] floats, JavaArray array) {
    if (array.isOfFloats() || !isLarge(floats)) {
      return null;
    }
    long[] whole = new long[floats.length];
    boolean[] fractions = new boolean[1];
    array.forEachRow((row, offset) -> fractions[0] |= !Rows.toLongs(row, whole, offset));
    return fractions[0] ? null : whole;
  }

  /** Returns the numbers of a row if floats round them; null for any others. */
  static long[] rounded(float[] floats, Object row) {
    if (row instanceof float[] || !isLarge(floats)) {
      return null;
    }
    long[] whole = new long[floats.length];
    return Rows.toLongs(row, whole, 0) ? whole : null;
  }

  private static boolean isLarge(float... values) {
    for (float value : values) {
      if (Math.abs(value) >= ROUNDED) {
        return true;
      }
    }
    return false;
  }

  /** Returns the whole numbers that an array was rounded from; null if it was not. */
  static long[] of(FloatNdArray array) {
    return array instanceof HeapFloats made ? made.whole() : null;
  }

  /** Copies the whole numbers of an array that may have been rounded, or whose floats are whole. */
  static void copy(FloatNdArray array, long[] to, int at) {
    long[] given = of(array);
    if (given != null) {
      System.arraycopy(given, 0, to, at, given.length);
      return;
    }
    int next = at;
    for (float value : FloatArrays.values(array)) {
      to[next++] = Math.abs(value) < ROUNDED ? (long) value : UNKNOWN;
    }
  }

  /** Returns the values as whole numbers, or refuses those that have none. */
  static long[] of(FloatNdArray array, String where) {
    long[] given = of(array);
    float[] floats = FloatArrays.values(array);
    long[] whole = new long[floats.length];
    for (int i = 0; i < whole.length; i++) {
      float value = floats[i];
      if (given != null && value == (float) given[i]) { // Else it was written over.
        whole[i] = given[i];
      } else if (Math.abs(value) < ROUNDED) {
        whole[i] = (long) value;
      } else {
        throw Errors.in(where, "a number was rounded, and is no whole number to rely on.")
            .expected("whole numbers; from 16,777,216 on in an array without fractions or floats")
            .got(
                "about "
                    + (Float.isFinite(value) ? String.format(Locale.ROOT, "%.0f", value) : value))
            .fix("give an int[] or a long[] array")
            .argument();
      }
    }
    return whole;
  }
}
