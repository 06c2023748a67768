package keras.metrics;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * The best precision at a threshold where the recall is at least a given one. Keras: {@code
 * keras.metrics.PrecisionAtRecall(recall, num_thresholds=200, class_id=None)}. It is 0 where no
 * threshold reaches the recall.
 */
public final class PrecisionAtRecall extends AtThresholds<PrecisionAtRecall> {

  private final double recall;

  /**
   * Keras's defaults.
   *
   * @param recall the least recall, from 0 to 1
   * @throws IllegalArgumentException if it is none
   */
  public PrecisionAtRecall(double recall) {
    super("precision_at_recall");
    this.recall = checked("recall", recall);
  }

  @Override
  double value(double[] statistics) {
    return best(statistics, recall, Counts::recall, Counts::precision);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code PrecisionAtRecall.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static PrecisionAtRecall fromConfig(Config config) {
    Checks.notNull("PrecisionAtRecall.fromConfig", "config", config);
    return new PrecisionAtRecall(config.number("recall")).thresholdsFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    return config("recall", recall);
  }
}
