package keras.metrics;

import keras.utils.Config;

/**
 * The mean of {@link keras.losses.MeanSquaredLogarithmicError}. Keras: {@code
 * keras.metrics.MeanSquaredLogarithmicError}.
 */
public final class MeanSquaredLogarithmicError extends LossMetric<MeanSquaredLogarithmicError> {

  /** Keras's defaults. */
  public MeanSquaredLogarithmicError() {
    super("mean_squared_logarithmic_error", new keras.losses.MeanSquaredLogarithmicError());
  }

  /**
   * Returns a metric of its arguments. Keras: {@code MeanSquaredLogarithmicError.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MeanSquaredLogarithmicError fromConfig(Config config) {
    return new MeanSquaredLogarithmicError().common(config);
  }
}
