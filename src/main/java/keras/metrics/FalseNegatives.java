package keras.metrics;

import java.util.Map;
import keras.utils.Config;

/**
 * How many elements are 1 and predicted 0. Keras: {@code
 * keras.metrics.FalseNegatives(thresholds=None)}.
 */
public final class FalseNegatives extends Confusion<FalseNegatives> {

  /** Keras's defaults. */
  public FalseNegatives() {
    super("false_negatives");
  }

  @Override
  double value(double[] statistics) {
    return statistics[FALSE_NEGATIVES];
  }

  /**
   * Returns a metric of its arguments. Keras: {@code FalseNegatives.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static FalseNegatives fromConfig(Config config) {
    return new FalseNegatives().confusionFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("thresholds", thresholds());
    return config;
  }
}
