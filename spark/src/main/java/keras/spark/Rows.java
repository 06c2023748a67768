package keras.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import keras.utils.FloatArrays;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.tensorflow.ndarray.FloatNdArray;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads numbers out of some columns of rows, in the shape of a model's input or output.
 *
 * <p>One column may hold a number, an array, an array of arrays or a vector; it is taken as it is.
 * Several columns of numbers are one vector. Several columns of arrays of one length, as series
 * have it, are one array of timesteps with a number of each column.
 */
final class Rows implements Serializable {

  private static final long serialVersionUID = 1;

  private final String what;
  private final List<String> columns;
  private final int[] places;
  private final long[] shape;
  private final int size;

  /**
   * @param what the argument that names the columns, for messages
   * @param schema of the rows
   * @param shape of a sample, without the batch; -1 for any size of the first dimension is refused
   */
  Rows(String what, List<String> columns, StructType schema, long... shape) {
    this.what = what;
    this.columns = new ArrayList<>(columns);
    this.shape = shape.clone();
    this.size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    this.places = new int[columns.size()];
    for (int i = 0; i < places.length; i++) {
      List<String> names = List.of(schema.fieldNames());
      places[i] = names.indexOf(columns.get(i));
      if (places[i] < 0) {
        throw new IllegalArgumentException(
            message("there is no column \"" + columns.get(i) + "\".", names, columns.get(i)));
      }
    }
    if (Arrays.stream(shape).anyMatch(each -> each < 0)) {
      throw new IllegalArgumentException(
          message(
              "the model leaves a dimension open.",
              "an input shape with all sizes, as new Input(shape(24, 8))",
              Arrays.toString(shape)));
    }
  }

  /** Tells how many numbers a sample has. */
  int size() {
    return size;
  }

  /** Returns an array of samples from numbers one after the other. */
  FloatNdArray array(float... values) {
    long[] all = new long[shape.length + 1];
    all[0] = values.length / size;
    System.arraycopy(shape, 0, all, 1, shape.length);
    return FloatArrays.wrap(values, all);
  }

  /**
   * Reads a sample.
   *
   * @throws IllegalArgumentException if a number is missing, or if there are too few or too many
   */
  void read(Row row, float[] into, int from) {
    float[][] parts = new float[places.length][];
    for (int i = 0; i < places.length; i++) {
      parts[i] = numbers(row, i);
    }
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    if (length != size) {
      throw bad(row, size + " numbers, for shape " + Arrays.toString(shape), length + " numbers");
    }
    int timesteps = parts[0].length;
    for (int k = 0; k < parts.length; k++) {
      if (parts[k].length != timesteps) {
        throw bad(row, "arrays of one length", timesteps + " and " + parts[k].length);
      }
      for (int t = 0; t < timesteps; t++) {
        into[from + t * parts.length + k] = parts[k][t];
      }
    }
  }

  private float[] numbers(Row row, int index) {
    List<Float> found = new ArrayList<>();
    collect(row, columns.get(index), row.get(places[index]), found);
    float[] numbers = new float[found.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = found.get(i);
    }
    return numbers;
  }

  private void collect(Row row, String column, Object value, List<Float> into) {
    if (value instanceof Number || value instanceof Boolean) {
      float number =
          value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).floatValue();
      if (Float.isNaN(number)) {
        throw bad(row, "numbers in column \"" + column + "\"", "NaN");
      }
      into.add(number);
    } else if (value instanceof scala.collection.Iterable<?> values) {
      CollectionConverters.asJava(values).forEach(each -> collect(row, column, each, into));
    } else if (value instanceof Vector vector) {
      for (double each : vector.toArray()) {
        collect(row, column, each, into);
      }
    } else {
      throw bad(
          row,
          "numbers, arrays of them or vectors in column \"" + column + "\"",
          value == null ? "null" : value.getClass().getSimpleName());
    }
  }

  private IllegalArgumentException bad(Row row, String expected, String got) {
    return new IllegalArgumentException(message("row " + row + " cannot be read.", expected, got));
  }

  private String message(String problem, Object expected, Object got) {
    return what
        + ": "
        + problem
        + "\n  expected: "
        + expected
        + "\n  got:      "
        + got
        + "\n  fix:      correct "
        + what
        + "(...), or clean the data before";
  }
}
