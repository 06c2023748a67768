package keras.models;

/** The arguments of {@code loadWeights}, under the names that Keras has for them. */
public final class LoadWeightsOptions {

  boolean skipMismatch;
  boolean byName;

  LoadWeightsOptions() {}

  /**
   * Sets whether layers whose weights do not fit are left as they are. What was left out is logged
   * as a warning.
   *
   * @param value false by default: what does not fit is an error
   * @return these options
   */
  public LoadWeightsOptions skipMismatch(boolean value) {
    skipMismatch = value;
    return this;
  }

  /**
   * Sets whether layers get the weights of those that have the same name in the file, in place of
   * those at the same place. Only for {@code .h5} files as Keras 2 wrote them. Layers that only the
   * model has, or only the file, are left alone.
   *
   * @param value false by default
   * @return these options
   */
  public LoadWeightsOptions byName(boolean value) {
    byName = value;
    return this;
  }
}
