package keras.metrics;

import keras.utils.Config;

/**
 * The mean of {@link keras.losses.MeanSquaredError}. Keras: {@code keras.metrics.MeanSquaredError}.
 */
public final class MeanSquaredError extends LossMetric<MeanSquaredError> {

  /** Keras's defaults. */
  public MeanSquaredError() {
    super("mean_squared_error", new keras.losses.MeanSquaredError());
  }

  /**
   * Returns a metric of its arguments. Keras: {@code MeanSquaredError.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MeanSquaredError fromConfig(Config config) {
    return new MeanSquaredError().common(config);
  }
}
