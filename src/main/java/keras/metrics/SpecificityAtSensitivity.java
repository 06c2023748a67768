package keras.metrics;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * The best specificity, the share of zeros that are found, at a threshold where the sensitivity,
 * the share of ones that are found, is at least a given one. Keras: {@code
 * keras.metrics.SpecificityAtSensitivity(sensitivity, num_thresholds=200, class_id=None)}. It is 0
 * where no threshold reaches the sensitivity.
 */
public final class SpecificityAtSensitivity extends AtThresholds<SpecificityAtSensitivity> {

  private final double sensitivity;

  /**
   * Keras's defaults.
   *
   * @param sensitivity the least sensitivity, from 0 to 1
   * @throws IllegalArgumentException if it is none
   */
  public SpecificityAtSensitivity(double sensitivity) {
    super("specificity_at_sensitivity");
    this.sensitivity = checked("sensitivity", sensitivity);
  }

  @Override
  double value(double[] statistics) {
    return best(statistics, sensitivity, Counts::sensitivity, Counts::specificity);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code SpecificityAtSensitivity.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SpecificityAtSensitivity fromConfig(Config config) {
    Checks.notNull("SpecificityAtSensitivity.fromConfig", "config", config);
    return new SpecificityAtSensitivity(config.number("sensitivity")).thresholdsFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    return config("sensitivity", sensitivity);
  }
}
