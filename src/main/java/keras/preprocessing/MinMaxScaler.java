package keras.preprocessing;

import java.util.Arrays;
import keras.internal.messages.Errors;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Scales each column of a table to a range, and back: scikit-learn's {@code
 * sklearn.preprocessing.MinMaxScaler}.
 *
 * <p>{@code scaled = x * scale + min}, where {@code scale = (greatest - least of the range) /
 * (dataMax - dataMin)} and {@code min = least of the range - dataMin * scale}. A column whose
 * values are all the same is only moved, to the least of the range. {@code NaN} is passed over in
 * fitting and stays {@code NaN} in scaling. Computed in double precision; the results are floats.
 *
 * <pre>{@code
 * MinMaxScaler scaler = new MinMaxScaler().featureRange(-1, 1);
 * FloatNdArray scaled = scaler.fitTransform(table);
 * FloatNdArray back = scaler.inverseTransform(scaled);
 * }</pre>
 */
public final class MinMaxScaler {
  private static final String WHERE = "MinMaxScaler";

  private double least;
  private double greatest = 1;
  private boolean clip;
  private double[] dataMin;
  private double[] dataMax;
  private double[] scale;
  private double[] min;

  /** A scaler to the range from 0 to 1, not fitted yet. */
  public MinMaxScaler() {}

  /**
   * The range to scale to; 0 to 1 by default.
   *
   * @param least its lower end
   * @param greatest its upper end, greater than the lower
   * @return this
   * @throws IllegalArgumentException if the upper end is not greater than the lower
   */
  public MinMaxScaler featureRange(double least, double greatest) {
    if (!(least < greatest)) {
      throw Errors.in(WHERE, "the range has no width.")
          .expected("featureRange(least, greatest) with least < greatest")
          .got("featureRange(" + least + ", " + greatest + ")")
          .fix("pass the lower end first")
          .argument();
    }
    this.least = least;
    this.greatest = greatest;
    return this;
  }

  /**
   * Sets whether {@link #transform} keeps values that lie outside of what was fitted within the
   * range; false by default.
   *
   * @param clip whether to clip
   * @return this
   */
  public MinMaxScaler clip(boolean clip) {
    this.clip = clip;
    return this;
  }

  /**
   * Takes the least and the greatest value of each column.
   *
   * @param x a table, {@code (rows, columns)}, of one row or more
   * @return this
   * @throws IllegalArgumentException if it is no table, has no rows or holds infinity
   */
  public MinMaxScaler fit(Object x) {
    return update(new Table(WHERE, x).withRows(), true);
  }

  /**
   * Takes the least and the greatest value of each column of this table and of those fitted before.
   *
   * @param x a table, {@code (rows, columns)}, of one row or more
   * @return this
   * @throws IllegalArgumentException if it is no table, has no rows, holds infinity, or has other
   *     columns than before
   */
  public MinMaxScaler partialFit(Object x) {
    return update(new Table(WHERE, x).withRows(), dataMin == null);
  }

  private MinMaxScaler update(Table table, boolean anew) {
    if (anew) {
      dataMin = filled(table.columns, Double.NaN);
      dataMax = filled(table.columns, Double.NaN);
    }
    table.checkColumns(dataMin.length);
    for (int i = 0; i < table.values.length; i++) {
      int column = i % table.columns;
      double value = table.values[i];
      if (!(value >= dataMin[column]) && !Double.isNaN(value)) {
        dataMin[column] = value;
      }
      if (!(value <= dataMax[column]) && !Double.isNaN(value)) {
        dataMax[column] = value;
      }
    }
    computeScale(table.epsilon);
    return this;
  }

  /**
   * Scales a table.
   *
   * @param x {@code (rows, columns)} with the columns that were fitted
   * @return the scaled values, of the same shape
   * @throws IllegalStateException if nothing was fitted
   * @throws IllegalArgumentException if it is no table, has other columns or holds infinity
   */
  public FloatNdArray transform(Object x) {
    Table table = fittedTable("transform", x);
    float[] scaled = new float[table.values.length];
    for (int i = 0; i < scaled.length; i++) {
      int column = i % table.columns;
      double value = table.values[i] * scale[column] + min[column];
      scaled[i] = (float) (clip ? Math.min(Math.max(value, least), greatest) : value);
    }
    return FloatArrays.wrap(scaled, table.rows, table.columns);
  }

  /**
   * Fits and scales the same table.
   *
   * @param x {@code (rows, columns)}
   * @return the scaled values, of the same shape
   * @throws IllegalArgumentException if it is no table, has no rows or holds infinity
   */
  public FloatNdArray fitTransform(Object x) {
    return fit(x).transform(x);
  }

  /**
   * Undoes the scaling.
   *
   * @param x {@code (rows, columns)} of scaled values
   * @return the values before scaling, of the same shape
   * @throws IllegalStateException if nothing was fitted
   * @throws IllegalArgumentException if it is no table, has other columns or holds infinity
   */
  public FloatNdArray inverseTransform(Object x) {
    Table table = fittedTable("inverseTransform", x);
    float[] values = new float[table.values.length];
    for (int i = 0; i < values.length; i++) {
      int column = i % table.columns;
      values[i] = (float) ((table.values[i] - min[column]) / scale[column]);
    }
    return FloatArrays.wrap(values, table.rows, table.columns);
  }

  /** {@return the least value of each column, scikit-learn's {@code data_min_}} */
  public double[] dataMin() {
    return fitted("dataMin", dataMin).clone();
  }

  /** {@return the greatest value of each column, scikit-learn's {@code data_max_}} */
  public double[] dataMax() {
    return fitted("dataMax", dataMax).clone();
  }

  /** {@return the factor of each column, scikit-learn's {@code scale_}} */
  public double[] scale() {
    return fitted("scale", scale).clone();
  }

  /** {@return the summand of each column then, scikit-learn's {@code min_}} */
  public double[] min() {
    return fitted("min", min).clone();
  }

  private void computeScale(double epsilon) {
    scale = new double[dataMin.length];
    min = new double[dataMin.length];
    for (int column = 0; column < scale.length; column++) {
      double range = dataMax[column] - dataMin[column];
      scale[column] = (greatest - least) / (range < 10 * epsilon ? 1 : range);
      min[column] = least - dataMin[column] * scale[column];
    }
  }

  private Table fittedTable(String method, Object x) {
    return Table.like(WHERE, fitted(method, dataMin).length, x);
  }

  private static double[] fitted(String method, double[] value) {
    return Table.fitted(WHERE + "." + method, value);
  }

  private static double[] filled(int length, double value) {
    double[] array = new double[length];
    Arrays.fill(array, value);
    return array;
  }

  @Override
  public String toString() {
    return "MinMaxScaler{feature_range=[" + least + ", " + greatest + "], clip=" + clip + "}";
  }
}
