package keras.metrics;

/**
 * The mean of {@link keras.losses.MeanSquaredLogarithmicError}. Keras: {@code
 * keras.metrics.MeanSquaredLogarithmicError}.
 */
public final class MeanSquaredLogarithmicError extends LossMetric<MeanSquaredLogarithmicError> {

  /** Keras's defaults. */
  public MeanSquaredLogarithmicError() {
    super("mean_squared_logarithmic_error", new keras.losses.MeanSquaredLogarithmicError());
  }
}
