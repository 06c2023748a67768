package keras.metrics;

import keras.utils.Config;

/**
 * The mean of {@link keras.losses.MeanAbsolutePercentageError}. Keras: {@code
 * keras.metrics.MeanAbsolutePercentageError}.
 */
public final class MeanAbsolutePercentageError extends LossMetric<MeanAbsolutePercentageError> {

  /** Keras's defaults. */
  public MeanAbsolutePercentageError() {
    super("mean_absolute_percentage_error", new keras.losses.MeanAbsolutePercentageError());
  }

  /**
   * Returns a metric of its arguments. Keras: {@code MeanAbsolutePercentageError.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MeanAbsolutePercentageError fromConfig(Config config) {
    return new MeanAbsolutePercentageError().common(config);
  }
}
