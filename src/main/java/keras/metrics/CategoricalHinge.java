package keras.metrics;

import keras.utils.Config;

/**
 * The mean of {@link keras.losses.CategoricalHinge}. Keras: {@code keras.metrics.CategoricalHinge}.
 */
public final class CategoricalHinge extends LossMetric<CategoricalHinge> {

  /** Keras's defaults. */
  public CategoricalHinge() {
    super("categorical_hinge", new keras.losses.CategoricalHinge());
  }

  /**
   * Returns a metric of its arguments. Keras: {@code CategoricalHinge.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CategoricalHinge fromConfig(Config config) {
    return new CategoricalHinge().common(config);
  }
}
