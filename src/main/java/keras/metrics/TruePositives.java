package keras.metrics;

import java.util.Map;

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
  public double result(double[] statistics) {
    return statistics[TRUE_POSITIVES];
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("thresholds", thresholds());
    return config;
  }
}
