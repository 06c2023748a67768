package keras.internal.graph;

import java.util.function.Supplier;
import keras.internal.messages.Errors;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint16;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** Makes tensors, which are outside of the heap, or says that there is no room for them. */
final class Tensors {

  private Tensors() {}

  /** Returns a tensor without values. */
  static TFloat32 floats(Shape shape) {
    return made(shape, () -> TFloat32.tensorOf(shape));
  }

  /** Returns a tensor of a type without values. */
  static Tensor of(Class<? extends TType> type, Shape shape) {
    return made(shape, () -> Tensor.of(type, shape));
  }

  /** Puts whole numbers into a tensor of large ones. */
  static void write(Tensor tensor, long... values) {
    if (tensor instanceof TInt64 longs) {
      longs.copyFrom(DataBuffers.of(values));
    } else {
      int[] narrow = new int[values.length];
      for (int i = 0; i < narrow.length; i++) {
        narrow[i] = (int) values[i];
      }
      ((TInt32) tensor).copyFrom(DataBuffers.of(narrow));
    }
  }

  /** Puts floats into a tensor of whole numbers, without fractions, or of truth values. */
  static void write(Tensor tensor, float... values) {
    if (tensor instanceof TInt64 numbers) {
      long[] cast = new long[values.length];
      for (int i = 0; i < cast.length; i++) {
        cast[i] = (long) values[i];
      }
      numbers.copyFrom(DataBuffers.of(cast));
    } else if (tensor instanceof TInt32 numbers) {
      int[] cast = new int[values.length];
      for (int i = 0; i < cast.length; i++) {
        cast[i] = (int) values[i];
      }
      numbers.copyFrom(DataBuffers.of(cast));
    } else if (tensor instanceof TUint8 numbers) {
      byte[] cast = new byte[values.length];
      for (int i = 0; i < cast.length; i++) {
        cast[i] = (byte) values[i];
      }
      numbers.copyFrom(DataBuffers.of(cast));
    } else if (tensor instanceof TUint16 numbers) {
      short[] cast = new short[values.length];
      for (int i = 0; i < cast.length; i++) {
        cast[i] = (short) values[i];
      }
      numbers.copyFrom(DataBuffers.of(cast));
    } else {
      boolean[] cast = new boolean[values.length];
      for (int i = 0; i < cast.length; i++) {
        cast[i] = values[i] != 0;
      }
      ((TBool) tensor).copyFrom(DataBuffers.of(cast));
    }
  }

  /** Returns a tensor with the values of a {@code float[]} or a {@code long[]}. */
  static Tensor of(Shape shape, Object values) {
    return made(
        shape,
        () ->
            values instanceof float[] floats
                ? TFloat32.tensorOf(shape, DataBuffers.of(floats))
                : TInt64.tensorOf(shape, DataBuffers.of((long[]) values)));
  }

  private static <T> T made(Shape shape, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (NullPointerException | OutOfMemoryError refused) {
      // TensorFlow-Java does not look whether there is anything at the address that it got.
      IllegalStateException error =
          Errors.in("TensorFlow", "there is no memory left outside of Java's heap.")
              .expected("room for a tensor of shape " + Errors.shape(shape.asArray()))
              .got("none, as the system or a limit on the process has it")
              .fix("take smaller batches or fewer units, close models, or give Java less with -Xmx")
              .state();
      error.initCause(refused);
      throw error;
    }
  }
}
