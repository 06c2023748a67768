package keras.models;

import java.util.Locale;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint16;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** The types of data that enter a graph, by Keras's names in lower case. */
enum InputType {
  FLOAT32(TFloat32.class, 0, 0),
  BOOL(TBool.class, 0, 0),
  // TensorFlow-Java has no tensors of these two.
  INT8(TInt32.class, Byte.MIN_VALUE, Byte.MAX_VALUE),
  INT16(TInt32.class, Short.MIN_VALUE, Short.MAX_VALUE),
  // Negative ones are what Java's bytes and shorts make of large ones.
  UINT8(TUint8.class, Byte.MIN_VALUE, 0xFF),
  UINT16(TUint16.class, Short.MIN_VALUE, 0xFFFF),
  INT32(TInt32.class, Integer.MIN_VALUE, Integer.MAX_VALUE),
  UINT32(TInt64.class, 0, 0xFFFF_FFFFL),
  INT64(TInt64.class, Long.MIN_VALUE, Long.MAX_VALUE);

  private final Class<? extends TType> tensor;
  private final long least;
  private final long greatest;

  InputType(Class<? extends TType> tensor, long least, long greatest) {
    this.tensor = tensor;
    this.least = least;
    this.greatest = greatest;
  }

  /** Returns the type of a name; strings are numbers by the time they enter. */
  static InputType of(String dtype) {
    return dtype.equals("string") ? FLOAT32 : valueOf(dtype.toUpperCase(Locale.ROOT));
  }

  Class<? extends TType> tensor() {
    return tensor;
  }

  boolean isWhole() {
    return this != FLOAT32 && this != BOOL;
  }

  boolean has(long number) {
    return number >= least && number <= greatest;
  }

  /** Returns the type's name and its numbers, for messages. */
  @Override
  public String toString() {
    String name = name().toLowerCase(Locale.ROOT);
    return isWhole() ? name + ": " + (name.startsWith("u") ? 0 : least) + " to " + greatest : name;
  }
}
