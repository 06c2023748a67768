package keras.metrics;

import keras.utils.Config;

/**
 * The mean of {@link keras.losses.MeanAbsoluteError}. Keras: {@code
 * keras.metrics.MeanAbsoluteError}.
 */
public final class MeanAbsoluteError extends LossMetric<MeanAbsoluteError> {

  /** Keras's defaults. */
  public MeanAbsoluteError() {
    super("mean_absolute_error", new keras.losses.MeanAbsoluteError());
  }

  /**
   * Returns a metric of its arguments. Keras: {@code MeanAbsoluteError.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MeanAbsoluteError fromConfig(Config config) {
    return new MeanAbsoluteError().common(config);
  }
}
