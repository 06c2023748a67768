package keras.preprocessing;

import java.util.Arrays;

/**
 * Takes its mean from each column of a table and divides it by its standard deviation, and back:
 * scikit-learn's {@code sklearn.preprocessing.StandardScaler}.
 *
 * <p>{@code scaled = (x - mean) / scale}. The deviation is that of the numbers that are there
 * (divided by their count, not by one less); a column whose values are all the same is only moved.
 * {@code NaN} is passed over in fitting and stays {@code NaN} in scaling. Computed in double
 * precision; the results are floats.
 *
 * <pre>{@code
 * StandardScaler scaler = new StandardScaler();
 * FloatNdArray scaled = scaler.fitTransform(table);
 * FloatNdArray back = scaler.inverseTransform(scaled);
 * }</pre>
 */
public final class StandardScaler extends ColumnScaler<StandardScaler> {
  private static final String WHERE = "StandardScaler";

  private boolean withMean = true;
  private boolean withStd = true;
  private double[] mean;
  private double[] variance;

  /** A scaler that is not fitted yet. */
  public StandardScaler() {
    super(WHERE);
  }

  /**
   * Sets whether the mean is taken off; true by default.
   *
   * @param value false to leave the columns where they are
   * @return this
   */
  public StandardScaler withMean(boolean value) {
    withMean = value;
    return this;
  }

  /**
   * Sets whether columns are divided by their standard deviations; true by default.
   *
   * @param value false to leave them as wide as they are
   * @return this
   */
  public StandardScaler withStd(boolean value) {
    withStd = value;
    return this;
  }

  /**
   * Computes the mean and the standard deviation of each column.
   *
   * @param x a table, {@code (rows, columns)}, of one row or more
   * @return this
   * @throws IllegalArgumentException if it is no table, has no rows or holds infinity
   */
  @Override
  public StandardScaler fit(Object x) {
    Table table = new Table(WHERE, x).withRows();
    mean = new double[table.columns];
    variance = new double[table.columns];
    double[] scale = new double[table.columns];
    for (int column = 0; column < table.columns; column++) {
      double[] values = table.column(column);
      double centre = Arrays.stream(values).average().orElse(Double.NaN);
      double squares = 0;
      double rest = 0;
      for (double value : values) {
        squares += (value - centre) * (value - centre);
        rest += value - centre;
      }
      mean[column] = centre;
      // Less what the rounded mean leaves, as scikit-learn has it.
      variance[column] = (squares - rest * rest / values.length) / values.length;
      boolean constant = isConstant(values.length, centre, variance[column]);
      scale[column] = !withStd || constant ? 1 : Math.sqrt(variance[column]);
    }
    fitted(withMean ? mean : new double[mean.length], scale);
    return this;
  }

  /** Whether a variance is no more than the rounding of its sums. */
  private static boolean isConstant(int count, double mean, double variance) {
    double epsilon = Math.ulp(1.0);
    double rounded = count * mean * epsilon;
    return variance <= count * epsilon * variance + rounded * rounded;
  }

  /** {@return the mean of each column, scikit-learn's {@code mean_}} */
  public double[] mean() {
    return Table.fitted(WHERE + ".mean", mean).clone();
  }

  /** {@return the variance of each column, scikit-learn's {@code var_}} */
  public double[] variance() {
    return Table.fitted(WHERE + ".variance", variance).clone();
  }

  @Override
  public String toString() {
    return "StandardScaler{with_mean=" + withMean + ", with_std=" + withStd + "}";
  }
}
