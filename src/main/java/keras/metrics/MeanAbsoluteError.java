package keras.metrics;

/**
 * The mean of {@link keras.losses.MeanAbsoluteError}. Keras: {@code
 * keras.metrics.MeanAbsoluteError}.
 */
public final class MeanAbsoluteError extends LossMetric<MeanAbsoluteError> {

  /** Keras's defaults. */
  public MeanAbsoluteError() {
    super("mean_absolute_error", new keras.losses.MeanAbsoluteError());
  }
}
