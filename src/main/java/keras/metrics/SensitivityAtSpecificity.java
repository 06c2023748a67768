package keras.metrics;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * The best sensitivity, the share of ones that are found, at a threshold where the specificity, the
 * share of zeros that are found, is at least a given one. Keras: {@code
 * keras.metrics.SensitivityAtSpecificity(specificity, num_thresholds=200, class_id=None)}. It is 0
 * where no threshold reaches the specificity.
 */
public final class SensitivityAtSpecificity extends AtThresholds<SensitivityAtSpecificity> {

  private final double specificity;

  /**
   * Keras's defaults.
   *
   * @param specificity the least specificity, from 0 to 1
   * @throws IllegalArgumentException if it is none
   */
  public SensitivityAtSpecificity(double specificity) {
    super("sensitivity_at_specificity");
    this.specificity = checked("specificity", specificity);
  }

  @Override
  double value(double[] statistics) {
    return best(statistics, specificity, Counts::specificity, Counts::sensitivity);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code SensitivityAtSpecificity.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SensitivityAtSpecificity fromConfig(Config config) {
    Checks.notNull("SensitivityAtSpecificity.fromConfig", "config", config);
    return new SensitivityAtSpecificity(config.number("specificity")).thresholdsFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    return config("specificity", specificity);
  }
}
