package keras.metrics;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * The best recall at a threshold where the precision is at least a given one. Keras: {@code
 * keras.metrics.RecallAtPrecision(precision, num_thresholds=200, class_id=None)}. It is 0 where no
 * threshold reaches the precision.
 */
public final class RecallAtPrecision extends AtThresholds<RecallAtPrecision> {

  private final double precision;

  /**
   * Keras's defaults.
   *
   * @param precision the least precision, from 0 to 1
   * @throws IllegalArgumentException if it is none
   */
  public RecallAtPrecision(double precision) {
    super("recall_at_precision");
    this.precision = checked("precision", precision);
  }

  @Override
  double value(double[] statistics) {
    return best(statistics, precision, Counts::precision, Counts::recall);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code RecallAtPrecision.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static RecallAtPrecision fromConfig(Config config) {
    Checks.notNull("RecallAtPrecision.fromConfig", "config", config);
    return new RecallAtPrecision(config.number("precision")).thresholdsFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    return config("precision", precision);
  }
}
