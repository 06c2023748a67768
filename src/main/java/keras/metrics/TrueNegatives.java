package keras.metrics;

import java.util.Map;

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
  public double result(double[] statistics) {
    return statistics[TRUE_NEGATIVES];
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("thresholds", thresholds());
    return config;
  }
}
