package keras.metrics;

/**
 * The mean of {@link keras.losses.MeanSquaredError}. Keras: {@code keras.metrics.MeanSquaredError}.
 */
public final class MeanSquaredError extends LossMetric<MeanSquaredError> {

  /** Keras's defaults. */
  public MeanSquaredError() {
    super("mean_squared_error", new keras.losses.MeanSquaredError());
  }
}
