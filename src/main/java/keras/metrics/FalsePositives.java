package keras.metrics;

import java.util.Map;
import keras.utils.Config;

/**
 * How many elements are 0 and predicted 1. Keras: {@code
 * keras.metrics.FalsePositives(thresholds=None)}.
 */
public final class FalsePositives extends Confusion<FalsePositives> {

  /** Keras's defaults. */
  public FalsePositives() {
    super("false_positives");
  }

  @Override
  double value(double[] statistics) {
    return statistics[FALSE_POSITIVES];
  }

  /**
   * Returns a metric of its arguments. Keras: {@code FalsePositives.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static FalsePositives fromConfig(Config config) {
    return new FalsePositives().confusionFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("thresholds", thresholds());
    return config;
  }
}
