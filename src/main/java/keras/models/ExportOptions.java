package keras.models;

/** The arguments of {@code model.export}. */
public final class ExportOptions {

  private Boolean step;

  ExportOptions() {}

  /**
   * Sets whether to write a signature {@code step}, which takes one timestep and the states before
   * it.
   *
   * @param value true to fail if the model cannot have one, false to leave it out; by default it is
   *     written if the model has recurrent layers and none that needs several timesteps at once
   * @return these options
   */
  public ExportOptions step(boolean value) {
    step = value;
    return this;
  }

  /** Null for "where it makes sense". */
  Boolean step() {
    return step;
  }
}
