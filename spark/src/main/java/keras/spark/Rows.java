package keras.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
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
  private final List<long[]> shapes;

  /**
   * @param what the argument that names the columns, for messages
   * @param schema of the rows
   * @param shapes that a sample may have, without the batch; one with open dimensions is refused
   */
  private Rows(String what, List<String> columns, StructType schema, List<long[]> shapes) {
    this.what = what;
    this.columns = new ArrayList<>(columns);
    this.shapes = new ArrayList<>(shapes);
    this.places = new int[columns.size()];
    for (int i = 0; i < places.length; i++) {
      List<String> names = List.of(schema.fieldNames());
      places[i] = names.indexOf(columns.get(i));
      if (places[i] < 0) {
        throw new IllegalArgumentException(
            message("there is no column \"" + columns.get(i) + "\".", names, columns.get(i)));
      }
    }
    if (Arrays.stream(shapes.get(0)).anyMatch(each -> each < 0)) {
      throw new IllegalArgumentException(
          message(
              "the model leaves a dimension open.",
              "an input shape with all sizes, as new Input(shape(24, 8))",
              Arrays.toString(shapes.get(0))));
    }
  }

  /**
   * Returns what reads the inputs of a model: all columns for the only one, else a column for each.
   */
  static List<Rows> inputs(List<String> columns, StructType schema, List<long[]> inputs) {
    List<List<long[]>> shapes = inputs.stream().map(List::of).toList();
    return each("featuresCol", "inputs", columns, schema, shapes);
  }

  /**
   * Returns what reads the targets of a model: all columns for the only output, else a column for
   * each. A target may be the number of a class in place of a number for each class.
   */
  static List<Rows> targets(List<String> columns, StructType schema, List<long[]> outputs) {
    List<List<long[]>> shapes = new ArrayList<>();
    for (long[] whole : outputs) {
      List<long[]> either = new ArrayList<>(List.of(whole));
      if (whole.length > 0) {
        either.add(Arrays.copyOf(whole, whole.length - 1));
      }
      shapes.add(either);
    }
    return each("labelCol", "outputs", columns, schema, shapes);
  }

  /** Returns what reads a number of each row. */
  static Rows numbers(String what, String column, StructType schema) {
    return new Rows(what, List.of(column), schema, List.of(new long[0]));
  }

  private static List<Rows> each(
      String what, String of, List<String> columns, StructType schema, List<List<long[]>> shapes) {
    if (shapes.size() == 1) {
      return List.of(new Rows(what, columns, schema, shapes.get(0)));
    }
    if (columns.size() != shapes.size()) {
      throw new IllegalArgumentException(
          what
              + ": the model has "
              + shapes.size()
              + " "
              + of
              + ".\n  expected: a column for each of them, in the model's order\n  got:      "
              + columns
              + "\n  fix:      join columns before, with Spark's functions.array(...)");
    }
    List<Rows> rows = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      rows.add(new Rows(what, List.of(columns.get(i)), schema, shapes.get(i)));
    }
    return rows;
  }

  /**
   * Returns the shape that samples of so many numbers have.
   *
   * @return without the batch; null if there is none
   */
  long[] shape(int size) {
    for (long[] shape : shapes) {
      if (Arrays.stream(shape).reduce(1, (a, b) -> a * b) == size) {
        return shape.clone();
      }
    }
    return null;
  }

  /**
   * Reads a sample.
   *
   * @return its numbers, one after the other
   * @throws IllegalArgumentException if a number is missing, or if there are too few or too many
   */
  double[] read(Row row) {
    double[][] parts = new double[places.length][];
    for (int i = 0; i < places.length; i++) {
      Numbers found = new Numbers();
      collect(row, columns.get(i), row.get(places[i]), found);
      parts[i] = found.taken();
    }
    int size = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    if (shape(size) == null) {
      throw bad(
          row,
          Arrays.stream(shapes.get(0)).reduce(1, (a, b) -> a * b)
              + " numbers, for shape "
              + Arrays.toString(shapes.get(0)),
          size + " numbers");
    }
    int timesteps = parts[0].length;
    double[] sample = new double[size];
    for (int k = 0; k < parts.length; k++) {
      if (parts[k].length != timesteps) {
        throw bad(row, "arrays of one length", timesteps + " and " + parts[k].length);
      }
      for (int t = 0; t < timesteps; t++) {
        sample[t * parts.length + k] = parts[k][t];
      }
    }
    return sample;
  }

  /** Numbers that are found one after the other. */
  private static final class Numbers {
    private double[] values = new double[1];
    private int count;

    void add(double value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count] = value;
      count++;
    }

    double[] taken() {
      return Arrays.copyOf(values, count);
    }
  }

  private void collect(Row row, String column, Object value, Numbers into) {
    if (value instanceof Number || value instanceof Boolean) {
      double number =
          value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
      if (value instanceof Long whole && whole != (long) number) {
        throw bad(row, "whole numbers up to 2^53 in column \"" + column + "\"", value.toString());
      }
      if (Double.isNaN(number)) {
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

  /** Returns the exception for a row that does not go with those before it. */
  IllegalArgumentException bad(Object row, String expected, String got) {
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
