package keras.internal.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import keras.internal.graph.ExportedGraph.Constant;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;

/** Reads and makes values that are known before a run. */
final class Constants {

  private Constants() {}

  static Constant floats(Shape shape, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return new Constant(shape, DataType.DT_FLOAT, bytes.array());
  }

  static float[] floats(Constant value) {
    FloatBuffer floats =
        ByteBuffer.wrap(value.bytes()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] array = new float[floats.remaining()];
    floats.get(array);
    return array;
  }

  static long[] longs(Constant value) {
    ByteBuffer bytes = ByteBuffer.wrap(value.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    boolean isInt = value.type() == DataType.DT_INT32;
    long[] array = new long[value.bytes().length / (isInt ? 4 : 8)];
    for (int i = 0; i < array.length; i++) {
      array[i] = isInt ? bytes.getInt() : bytes.getLong();
    }
    return array;
  }

  /** Reads the value that a node of type {@code Const} has. */
  static Constant of(TensorProto value) {
    Shape shape =
        Shape.of(
            value.getTensorShape().getDimList().stream().mapToLong(d -> d.getSize()).toArray());
    int count = (int) shape.size();
    ByteBuffer bytes;
    if (!value.getTensorContent().isEmpty()) {
      return new Constant(shape, value.getDtype(), value.getTensorContent().toByteArray());
    }
    List<? extends Number> numbers =
        switch (value.getDtype()) {
          case DT_FLOAT -> value.getFloatValList();
          case DT_INT32 -> value.getIntValList();
          case DT_INT64 -> value.getInt64ValList();
          case DT_BOOL -> value.getBoolValList().stream().map(each -> each ? 1 : 0).toList();
          default -> throw Conversion.refused("ONNX", "has nothing for " + value.getDtype());
        };
    int width =
        switch (value.getDtype()) {
          case DT_BOOL -> 1;
          case DT_INT64 -> 8;
          default -> 4;
        };
    bytes = ByteBuffer.allocate(count * width).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      // The last number stands for all that are not written.
      Number number = numbers.isEmpty() ? 0 : numbers.get(Math.min(i, numbers.size() - 1));
      switch (value.getDtype()) {
        case DT_FLOAT -> bytes.putFloat(number.floatValue());
        case DT_BOOL -> bytes.put(number.byteValue());
        case DT_INT64 -> bytes.putLong(number.longValue());
        default -> bytes.putInt(number.intValue());
      }
    }
    return new Constant(shape, value.getDtype(), bytes.array());
  }
}
