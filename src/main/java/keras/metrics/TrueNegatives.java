package keras.metrics;

import java.util.Map;
import keras.utils.Config;

/**
 * How many elements are 0 and predicted so. Keras: {@code
 * keras.metrics.TrueNegatives(thresholds=None)}.
 */
public final class TrueNegatives extends Confusion<TrueNegatives> {

  /** Keras's defaults. */
  public TrueNegatives() {
    super("true_negatives");
  }

  @Override
  double value(double[] statistics) {
    return statistics[TRUE_NEGATIVES];
  }

  /**
   * Returns a metric of its arguments. Keras: {@code TrueNegatives.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static TrueNegatives fromConfig(Config config) {
    return new TrueNegatives().confusionFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("thresholds", thresholds());
    return config;
  }
}
