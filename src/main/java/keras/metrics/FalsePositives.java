package keras.metrics;

import java.util.Map;

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
  public double result(double[] statistics) {
    return statistics[FALSE_POSITIVES];
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("thresholds", thresholds());
    return config;
  }
}
