package keras.preprocessing;

import org.tensorflow.ndarray.FloatNdArray;

/**
 * Scales each column of a table: {@code (x - centre) / scale}.
 *
 * @param <S> the scaler itself
 */
abstract class ColumnScaler<S extends ColumnScaler<S>> {

  private final String where;
  private double[] centres;
  private double[] scales;

  /** Tells how messages name the scaler. */
  ColumnScaler(String where) {
    this.where = where;
  }

  /** Takes what fitting has found. */
  final void fitted(double[] foundCentres, double[] foundScales) {
    centres = foundCentres;
    scales = foundScales;
  }

  /**
   * Finds out how to scale the columns of a table.
   *
   * @param x a table, {@code (rows, columns)}, of one row or more
   * @return this
   * @throws IllegalArgumentException if it is no table, has no rows or holds infinity
   */
  public abstract S fit(Object x);

  /**
   * Scales a table.
   *
   * @param x {@code (rows, columns)} with the columns that were fitted
   * @return the scaled values, of the same shape
   * @throws IllegalStateException if nothing was fitted
   * @throws IllegalArgumentException if it is no table, has other columns or holds infinity
   */
  public final FloatNdArray transform(Object x) {
    double[] found = Table.fitted(where + ".transform", scales);
    return Table.like(where, found.length, x).centred(centres, found);
  }

  /**
   * Fits and scales the same table.
   *
   * @param x {@code (rows, columns)}
   * @return the scaled values, of the same shape
   * @throws IllegalArgumentException if it is no table, has no rows or holds infinity
   */
  public final FloatNdArray fitTransform(Object x) {
    fit(x);
    return transform(x);
  }

  /**
   * Undoes the scaling.
   *
   * @param x {@code (rows, columns)} of scaled values
   * @return the values before scaling, of the same shape
   * @throws IllegalStateException if nothing was fitted
   * @throws IllegalArgumentException if it is no table, has other columns or holds infinity
   */
  public final FloatNdArray inverseTransform(Object x) {
    double[] found = Table.fitted(where + ".inverseTransform", scales);
    return Table.like(where, found.length, x).scaled(found, centres);
  }

  /** {@return what each column is divided by, scikit-learn's {@code scale_}} */
  public final double[] scale() {
    return Table.fitted(where + ".scale", scales).clone();
  }
}
