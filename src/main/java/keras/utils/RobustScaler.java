package keras.utils;

import java.util.Arrays;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.FloatNdArray;

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
public final class RobustScaler {
  private static final String WHERE = "RobustScaler";

  private boolean withCentering = true;
  private boolean withScaling = true;
  private double least = 25;
  private double greatest = 75;
  private double[] center;
  private double[] scale;

  /** A scaler that is not fitted yet. */
  public RobustScaler() {}

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
  public RobustScaler fit(Object x) {
    Table table = new Table(WHERE, x).withRows();
    center = new double[table.columns];
    scale = new double[table.columns];
    for (int column = 0; column < table.columns; column++) {
      double[] values = table.column(column);
      Arrays.sort(values);
      center[column] = withCentering ? quantile(values, 50) : 0;
      double range = quantile(values, greatest) - quantile(values, least);
      scale[column] = !withScaling || range < 10 * Math.ulp(1.0) ? 1 : range;
    }
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

  /**
   * Scales a table.
   *
   * @param x {@code (rows, columns)} with the columns that were fitted
   * @return the scaled values, of the same shape
   * @throws IllegalStateException if nothing was fitted
   * @throws IllegalArgumentException if it is no table, has other columns or holds infinity
   */
  public FloatNdArray transform(Object x) {
    double[] scales = Table.fitted(WHERE + ".transform", scale);
    return Table.like(WHERE, scales.length, x).centred(center, scales);
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
    double[] scales = Table.fitted(WHERE + ".inverseTransform", scale);
    return Table.like(WHERE, scales.length, x).scaled(scales, center);
  }

  /** {@return the median of each column, scikit-learn's {@code center_}} */
  public double[] center() {
    return Table.fitted(WHERE + ".center", center).clone();
  }

  /** {@return what each column is divided by, scikit-learn's {@code scale_}} */
  public double[] scale() {
    return Table.fitted(WHERE + ".scale", scale).clone();
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
