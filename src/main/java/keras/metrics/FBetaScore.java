package keras.metrics;

import java.util.Map;
import keras.utils.Config;

/**
 * A mean of precision and recall, {@code (1 + beta^2) precision recall / (beta^2 precision +
 * recall)}: targets {@code (batch, classes)} of 0 and 1. Keras: {@code
 * keras.metrics.FBetaScore(average=None, beta=1.0, threshold=None)}.
 */
public final class FBetaScore extends FBeta<FBetaScore> {

  /** Keras's defaults. */
  public FBetaScore() {
    super("fbeta_score");
  }

  /**
   * Sets how many times more recall counts than precision.
   *
   * @param value above 0; 1 by default
   * @return this metric
   */
  public FBetaScore beta(double value) {
    return setBeta(value);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code FBetaScore.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static FBetaScore fromConfig(Config config) {
    FBetaScore metric = new FBetaScore().scoreFrom(config);
    config.number("beta", metric::beta);
    return metric;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    Object threshold = config.remove("threshold");
    config.put("beta", beta());
    config.put("threshold", threshold);
    return config;
  }
}
