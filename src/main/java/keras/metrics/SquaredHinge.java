package keras.metrics;

import keras.utils.Config;

/** The mean of {@link keras.losses.SquaredHinge}. Keras: {@code keras.metrics.SquaredHinge}. */
public final class SquaredHinge extends LossMetric<SquaredHinge> {

  /** Keras's defaults. */
  public SquaredHinge() {
    super("squared_hinge", new keras.losses.SquaredHinge());
  }

  /**
   * Returns a metric of its arguments. Keras: {@code SquaredHinge.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SquaredHinge fromConfig(Config config) {
    return new SquaredHinge().common(config);
  }
}
