package keras.metrics;

import java.util.Map;
import java.util.Optional;
import keras.utils.Config;

/**
 * The share of what is 1 that is predicted so. Keras: {@code keras.metrics.Recall(thresholds=None,
 * top_k=None, class_id=None)}.
 */
public final class Recall extends Confusion<Recall> {

  /** Keras's defaults. */
  public Recall() {
    super("recall");
  }

  /**
   * Counts as positive only what is among the largest predictions of a sample.
   *
   * @param value how many; null, the default, for all
   * @return this metric
   */
  public Recall topK(Integer value) {
    return setTopK(value);
  }

  /**
   * Looks at one class only.
   *
   * @param value a class number, from -1 backwards for the last; null, the default, for all
   * @return this metric
   */
  public Recall classId(Integer value) {
    return setClassId(value);
  }

  @Override
  public Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  @Override
  double value(double[] statistics) {
    double all = statistics[TRUE_POSITIVES] + statistics[FALSE_NEGATIVES];
    return all == 0 ? 0 : statistics[TRUE_POSITIVES] / all;
  }

  /**
   * Returns a metric of its arguments. Keras: {@code Recall.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Recall fromConfig(Config config) {
    Recall metric = new Recall().confusionFrom(config);
    if (config.given("top_k")) {
      metric.topK(config.integer("top_k"));
    }
    if (config.given("class_id")) {
      metric.classId(config.integer("class_id"));
    }
    return metric;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("thresholds", thresholds());
    config.put("top_k", topK());
    config.put("class_id", classId());
    return config;
  }
}
