package keras.metrics;

import keras.utils.Config;

/** The mean of {@link keras.losses.KLDivergence}. Keras: {@code keras.metrics.KLDivergence}. */
public final class KLDivergence extends LossMetric<KLDivergence> {

  /** Keras's defaults. */
  public KLDivergence() {
    super("kl_divergence", new keras.losses.KLDivergence());
  }

  /**
   * Returns a metric of its arguments. Keras: {@code KLDivergence.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static KLDivergence fromConfig(Config config) {
    return new KLDivergence().common(config);
  }
}
