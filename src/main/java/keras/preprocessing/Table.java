package keras.preprocessing;

import keras.internal.messages.Errors;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/** A table of numbers that a scaler is given, and how far apart its numbers can be told. */
final class Table {

  private static final double FLOAT_EPSILON = Math.ulp(1f);
  private static final double DOUBLE_EPSILON = Math.ulp(1.0);

  final double[] values;
  final int rows;
  final int columns;
  final double epsilon;
  private final String where;

  /**
   * Reads a table.
   *
   * @param where whose, for messages
   * @param x (rows, columns) of finite numbers, or NaN for what is missing
   */
  Table(String where, Object x) {
    this.where = where;
    FloatNdArray floats = FloatArrays.of(x, where + ": x");
    if (floats.rank() != 2) {
      throw Errors.in(where, "x is no table.")
          .expected("shape (rows, columns)")
          .got("shape " + Errors.shape(FloatArrays.shape(floats)))
          .fix("pass a column as an array of rows with one number each")
          .argument();
    }
    values = FloatArrays.doubles(x, where + ": x");
    rows = (int) floats.shape().get(0);
    columns = (int) floats.shape().get(1);
    boolean single = x instanceof float[][] || x instanceof FloatNdArray;
    epsilon = single ? FLOAT_EPSILON : DOUBLE_EPSILON;
    checkFinite();
  }

  /** Reads a table that has as many columns as the one that was fitted. */
  static Table like(String where, int columns, Object x) {
    Table table = new Table(where, x);
    table.checkColumns(columns);
    return table;
  }

  /** Returns what a scaler has found in fitting, if anything was fitted. */
  static <T> T fitted(String where, T found) {
    if (found == null) {
      throw Errors.in(where, "nothing was fitted.")
          .expected("a call of fit before")
          .got("none")
          .fix("call fit(x), or fitTransform(x)")
          .state();
    }
    return found;
  }

  /** Refuses infinity, as scikit-learn does. */
  private void checkFinite() {
    for (int i = 0; i < values.length; i++) {
      if (Double.isInfinite(values[i])) {
        throw Errors.in(where, "there is no place for infinity in a range.")
            .expected("finite numbers, or NaN for what is missing")
            .got(values[i] + " in row " + i / columns + ", column " + i % columns)
            .fix("replace it, or make it NaN")
            .argument();
      }
    }
  }

  Table withRows() {
    if (rows == 0) {
      throw Errors.in(where, "there are no rows to fit.")
          .expected("one row or more")
          .got("shape " + Errors.shape(rows, columns))
          .fix("pass the data to be scaled")
          .argument();
    }
    return this;
  }

  void checkColumns(int fitted) {
    if (columns != fitted) {
      throw Errors.in(where, "x has other columns than those that were fitted.")
          .expected(fitted + " columns")
          .got(columns + " columns")
          .fix("pass the same columns, in the same order")
          .argument();
    }
  }

  /** Returns the numbers of a column, without those that are missing. */
  double[] column(int column) {
    double[] found = new double[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      double value = values[row * columns + column];
      if (!Double.isNaN(value)) {
        found[count++] = value;
      }
    }
    return java.util.Arrays.copyOf(found, count);
  }

  /** Changes each number by those of its column: times a factor, plus a summand. */
  FloatNdArray scaled(double[] factors, double[] summands) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      int column = i % columns;
      scaled[i] = (float) (values[i] * factors[column] + summands[column]);
    }
    return FloatArrays.wrap(scaled, rows, columns);
  }

  /** Takes the centre of its column from each number, and divides by the column's scale. */
  FloatNdArray centred(double[] centres, double[] scales) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      int column = i % columns;
      scaled[i] = (float) ((values[i] - centres[column]) / scales[column]);
    }
    return FloatArrays.wrap(scaled, rows, columns);
  }
}
