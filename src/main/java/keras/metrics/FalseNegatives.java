package keras.metrics;

import java.util.Map;

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
  public double result(double[] statistics) {
    return statistics[FALSE_NEGATIVES];
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("thresholds", thresholds());
    return config;
  }
}
