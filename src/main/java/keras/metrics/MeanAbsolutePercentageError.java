package keras.metrics;

/**
 * The mean of {@link keras.losses.MeanAbsolutePercentageError}. Keras: {@code
 * keras.metrics.MeanAbsolutePercentageError}.
 */
public final class MeanAbsolutePercentageError extends LossMetric<MeanAbsolutePercentageError> {

  /** Keras's defaults. */
  public MeanAbsolutePercentageError() {
    super("mean_absolute_percentage_error", new keras.losses.MeanAbsolutePercentageError());
  }
}
