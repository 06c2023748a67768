package keras.metrics;

import keras.utils.Config;

/**
 * The harmonic mean of precision and recall: targets {@code (batch, classes)} of 0 and 1. Keras:
 * {@code keras.metrics.F1Score(average=None, threshold=None)}.
 */
public final class F1Score extends FBeta<F1Score> {

  /** Keras's defaults. */
  public F1Score() {
    super("f1_score");
  }

  /**
   * Returns a metric of its arguments. Keras: {@code F1Score.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static F1Score fromConfig(Config config) {
    return new F1Score().scoreFrom(config);
  }
}
