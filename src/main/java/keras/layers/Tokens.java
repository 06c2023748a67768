package keras.layers;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import keras.internal.messages.Errors;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.Shape;

/**
 * Strings or whole numbers as a user gives them, row by row: what layers read that look things up.
 *
 * @param values {@code String} or {@code Long}
 * @param shape the dimensions, the batch first
 */
record Tokens(List<Object> values, Shape shape) {

  /**
   * Takes data apart.
   *
   * @param where the name of the data, to begin an error message with
   * @param data a string, a whole number, an array of any rank of them, a list, or an {@code
   *     NdArray}
   * @throws IllegalArgumentException if it is something else
   */
  static Tokens of(String where, Object data) {
    if (data instanceof List<?> list) {
      return of(where, list.toArray());
    }
    if (data instanceof NdArray<?> array) {
      List<Object> values = new ArrayList<>();
      if (array instanceof FloatNdArray floats && FloatArrays.isRounded(floats)) {
        Arrays.stream(FloatArrays.longs(floats, where)).forEach(values::add);
      } else {
        array.scalars().forEach(scalar -> values.add(token(where, scalar.getObject())));
      }
      return new Tokens(values, array.shape());
    }
    List<Object> values = new ArrayList<>();
    List<Long> dimensions = new ArrayList<>();
    collect(where, data, 0, dimensions, values);
    return new Tokens(values, Shape.of(dimensions.stream().mapToLong(Long::longValue).toArray()));
  }

  private static void collect(
      String where, Object part, int axis, List<Long> dimensions, List<Object> values) {
    if (part == null || !part.getClass().isArray()) {
      values.add(token(where, part));
      return;
    }
    long length = Array.getLength(part);
    if (axis == dimensions.size()) {
      dimensions.add(length);
    } else if (dimensions.get(axis) != length) {
      throw Errors.in(where, "the array is ragged.")
          .expected(dimensions.get(axis) + " elements in each row, as in the first")
          .got(length)
          .fix("fill up the shorter rows, with \"\" or with the mask token")
          .argument();
    }
    for (int i = 0; i < length; i++) {
      collect(where, Array.get(part, i), axis + 1, dimensions, values);
    }
  }

  private static Object token(String where, Object value) {
    if (value instanceof String) {
      return value;
    }
    if (value instanceof Number number && number.doubleValue() == number.longValue()) {
      return number.longValue();
    }
    throw Errors.in(where, "this is neither a string nor a whole number.")
        .expected("an array of strings or whole numbers, as String[] or int[][]")
        .got(value == null ? "null" : value.getClass().getSimpleName() + " " + value)
        .fix("convert it")
        .argument();
  }

  /** Returns the same as strings, whole numbers in decimal. */
  List<String> texts() {
    return values.stream().map(String::valueOf).toList();
  }

  boolean areStrings() {
    return values.stream().allMatch(value -> value instanceof String);
  }

  /** Returns the rows: what a sample has. */
  List<List<Object>> rows() {
    int rank = shape.numDimensions();
    int width = rank == 0 ? 1 : (int) shape.get(rank - 1);
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < values.size(); i += width) {
      rows.add(values.subList(i, i + width));
    }
    return rows;
  }
}
