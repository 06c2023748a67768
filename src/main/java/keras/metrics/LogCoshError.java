package keras.metrics;

import keras.utils.Config;

/** The mean of {@link keras.losses.LogCosh}. Keras: {@code keras.metrics.LogCoshError}. */
public final class LogCoshError extends LossMetric<LogCoshError> {

  /** Keras's defaults. */
  public LogCoshError() {
    super("logcosh", new keras.losses.LogCosh());
  }

  /**
   * Returns a metric of its arguments. Keras: {@code LogCoshError.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static LogCoshError fromConfig(Config config) {
    return new LogCoshError().common(config);
  }
}
