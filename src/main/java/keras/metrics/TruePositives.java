package keras.metrics;

import java.util.Map;
import keras.utils.Config;

/**
 * How many elements are 1 and predicted so. Keras: {@code
 * keras.metrics.TruePositives(thresholds=None)}.
 */
public final class TruePositives extends Confusion<TruePositives> {

  /** Keras's defaults. */
  public TruePositives() {
    super("true_positives");
  }

  @Override
  double value(double[] statistics) {
    return statistics[TRUE_POSITIVES];
  }

  /**
   * Returns a metric of its arguments. Keras: {@code TruePositives.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static TruePositives fromConfig(Config config) {
    return new TruePositives().confusionFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("thresholds", thresholds());
    return config;
  }
}
