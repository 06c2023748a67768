package keras.utils;

import java.lang.reflect.Array;

/** Copies a row of any primitive number type into floats or doubles. */
final class Rows {
  private Rows() {}

  static void toFloats(Object row, float[] to, int at) {
    if (row instanceof float[] floats) {
      System.arraycopy(floats, 0, to, at, floats.length);
    } else if (row instanceof double[] doubles) {
      for (double each : doubles) {
        to[at++] = (float) each;
      }
    } else if (row instanceof int[] ints) {
      for (int each : ints) {
        to[at++] = each;
      }
    } else if (row instanceof long[] longs) {
      for (long each : longs) {
        to[at++] = each;
      }
    } else if (row instanceof short[] shorts) {
      for (short each : shorts) {
        to[at++] = each;
      }
    } else if (row instanceof byte[] bytes) {
      for (byte each : bytes) {
        to[at++] = each;
      }
    } else {
      for (boolean each : (boolean[]) row) {
        to[at++] = each ? 1 : 0;
      }
    }
  }

  /** Copies whole numbers, and tells whether all of them are. */
  static boolean toLongs(Object row, long[] to, int at) {
    double[] doubles = new double[Array.getLength(row)];
    toDoubles(row, doubles, 0);
    boolean whole = true;
    for (double each : doubles) {
      whole &= each == Math.rint(each) && Math.abs(each) <= Long.MAX_VALUE;
      to[at++] = (long) each;
    }
    if (row instanceof long[] longs) { // A double does not hold all of them.
      System.arraycopy(longs, 0, to, at - longs.length, longs.length);
    }
    return whole;
  }

  static void toDoubles(Object row, double[] to, int at) {
    if (row instanceof double[] doubles) {
      System.arraycopy(doubles, 0, to, at, doubles.length);
    } else if (row instanceof long[] longs) {
      for (long each : longs) {
        to[at++] = each;
      }
    } else if (row instanceof int[] ints) {
      for (int each : ints) {
        to[at++] = each;
      }
    } else {
      // A float holds every value of the types that are left.
      float[] floats = new float[Array.getLength(row)];
      toFloats(row, floats, 0);
      for (float each : floats) {
        to[at++] = each;
      }
    }
  }
}
