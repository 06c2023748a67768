package keras.preprocessing;

import java.util.Arrays;
import keras.internal.messages.Errors;

/**
 * Takes its median from each column of a table and divides it by the range between two quantiles,
 * and back: scikit-learn's {@code sklearn.preprocessing.RobustScaler}. A few values far out change
 * little.
 *
 * <p>{@code scaled = (x - center) / scale}. A column whose quantiles are the same is only moved.
 * {@code NaN} is passed over in fitting and stays {@code NaN} in scaling. Computed in double
 * precision; the results are floats.
 *
 * <p>Porting note: there is no {@code unit_variance}.
 */
public final class RobustScaler extends ColumnScaler<RobustScaler> {
  private static final String WHERE = "RobustScaler";

  private boolean withCentering = true;
  private boolean withScaling = true;
  private double least = 25;
  private double greatest = 75;
  private double[] center;

  /** A scaler that is not fitted yet. */
  public RobustScaler() {
    super(WHERE);
  }

  /**
   * Sets whether the median is taken off; true by default.
   *
   * @param value false to leave the columns where they are
   * @return this
   */
  public RobustScaler withCentering(boolean value) {
    withCentering = value;
    return this;
  }

  /**
   * Sets whether columns are divided by their ranges; true by default.
   *
   * @param value false to leave them as wide as they are
   * @return this
   */
  public RobustScaler withScaling(boolean value) {
    withScaling = value;
    return this;
  }

  /**
   * The quantiles between which the range lies; 25 and 75 by default.
   *
   * @param least the lower one, in percent
   * @param greatest the upper one, in percent
   * @return this
   * @throws IllegalArgumentException unless {@code 0 <= least <= greatest <= 100}
   */
  public RobustScaler quantileRange(double least, double greatest) {
    if (!(least >= 0 && least <= greatest && greatest <= 100)) {
      throw Errors.in(WHERE, "these are no quantiles.")
          .expected("quantileRange(least, greatest) with 0 <= least <= greatest <= 100")
          .got("quantileRange(" + least + ", " + greatest + ")")
          .fix("give percentages, the lower one first")
          .argument();
    }
    this.least = least;
    this.greatest = greatest;
    return this;
  }

  /**
   * Computes the median and the range of each column.
   *
   * @param x a table, {@code (rows, columns)}, of one row or more
   * @return this
   * @throws IllegalArgumentException if it is no table, has no rows or holds infinity
   */
  @Override
  public RobustScaler fit(Object x) {
    Table table = new Table(WHERE, x).withRows();
    center = new double[table.columns];
    double[] scale = new double[table.columns];
    for (int column = 0; column < table.columns; column++) {
      double[] values = table.column(column);
      Arrays.sort(values);
      center[column] = withCentering ? quantile(values, 50) : 0;
      double range = quantile(values, greatest) - quantile(values, least);
      scale[column] = !withScaling || range < 10 * Math.ulp(1.0) ? 1 : range;
    }
    fitted(center, scale);
    return this;
  }

  /** Returns a quantile as NumPy does, on the line between the two values around it. */
  private static double quantile(double[] sorted, double percent) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = percent / 100 * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    double share = place - below;
    double difference = sorted[above] - sorted[below];
    return share < 0.5
        ? sorted[below] + difference * share
        : sorted[above] - difference * (1 - share);
  }

  /** {@return the median of each column, scikit-learn's {@code center_}} */
  public double[] center() {
    return Table.fitted(WHERE + ".center", center).clone();
  }

  @Override
  public String toString() {
    return "RobustScaler{with_centering="
        + withCentering
        + ", with_scaling="
        + withScaling
        + ", quantile_range=["
        + least
        + ", "
        + greatest
        + "]}";
  }
}
