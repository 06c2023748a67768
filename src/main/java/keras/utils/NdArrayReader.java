package keras.utils;

import java.lang.reflect.Array;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.BooleanNdArray;
import org.tensorflow.ndarray.ByteNdArray;
import org.tensorflow.ndarray.DoubleNdArray;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.IntNdArray;
import org.tensorflow.ndarray.LongNdArray;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.ShortNdArray;
import org.tensorflow.ndarray.buffer.DataBuffers;

/** Reads the numbers of an {@code NdArray} of any number type, in bulk and in row-major order. */
final class NdArrayReader {
  private NdArrayReader() {}

  /** Returns an array with the values of another one. */
  static FloatNdArray read(NdArray<?> array, String where) {
    Object values = values(array, where);
    float[] floats = floats(values);
    return new HeapFloats(floats, WholeNumbers.rounded(floats, values), array.shape());
  }

  static float[] floats(NdArray<?> array, String where) {
    return floats(values(array, where));
  }

  private static float[] floats(Object values) {
    if (values instanceof float[] floats) {
      return floats;
    }
    float[] converted = new float[Array.getLength(values)];
    Rows.toFloats(values, converted, 0);
    return converted;
  }

  static double[] doubles(NdArray<?> array, String where) {
    Object values = values(array, where);
    if (values instanceof double[] doubles) {
      return doubles;
    }
    double[] converted = new double[Array.getLength(values)];
    Rows.toDoubles(values, converted, 0);
    return converted;
  }

  /** Returns the values as an array of their own primitive type. */
  private static Object values(NdArray<?> array, String where) {
    checkOpen(array, where);
    Checks.notNull("FloatArrays.values", "array", array);
    int size = Math.toIntExact(array.size());
    if (array instanceof FloatNdArray floats) {
      float[] values = new float[size];
      floats.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
    if (array instanceof DoubleNdArray doubles) {
      double[] values = new double[size];
      doubles.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
    if (array instanceof IntNdArray ints) {
      int[] values = new int[size];
      ints.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
    if (array instanceof LongNdArray longs) {
      long[] values = new long[size];
      longs.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
    if (array instanceof ShortNdArray shorts) {
      short[] values = new short[size];
      shorts.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
    if (array instanceof ByteNdArray bytes) {
      byte[] values = new byte[size];
      bytes.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
    if (array instanceof BooleanNdArray booleans) {
      boolean[] values = new boolean[size];
      booleans.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
    return objects(array, size, where);
  }

  /** A tensor's numbers are gone once it is closed; reading them would give whatever is there. */
  private static void checkOpen(NdArray<?> array, String where) {
    if (array instanceof Tensor tensor) {
      try {
        tensor.numBytes();
      } catch (IllegalStateException closed) {
        throw Errors.in(where, "the tensor is closed.")
            .expected("an open tensor, or an array on the Java heap")
            .got("a tensor after close()")
            .fix("close it after this call")
            .argument();
      }
    }
  }

  private static Object objects(NdArray<?> array, int size, String where) {
    double[] values = new double[size];
    long[] whole = new long[size];
    boolean areWhole = true;
    int at = 0;
    for (NdArray<?> scalar : array.scalars()) {
      Object value = scalar.getObject();
      areWhole &= value instanceof Long;
      if (value instanceof Number number) {
        whole[at] = number.longValue();
        values[at++] = number.doubleValue();
      } else if (value instanceof Boolean truth) {
        values[at++] = truth ? 1 : 0;
      } else {
        String type = value == null ? "null" : value.getClass().getTypeName();
        throw FloatArrays.unsupported(where, "an NdArray of " + type);
      }
    }
    return areWhole ? whole : values;
  }
}
