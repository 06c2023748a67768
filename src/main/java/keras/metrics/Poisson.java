package keras.metrics;

import keras.utils.Config;

/** The mean of {@link keras.losses.Poisson}. Keras: {@code keras.metrics.Poisson}. */
public final class Poisson extends LossMetric<Poisson> {

  /** Keras's defaults. */
  public Poisson() {
    super("poisson", new keras.losses.Poisson());
  }

  /**
   * Returns a metric of its arguments. Keras: {@code Poisson.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Poisson fromConfig(Config config) {
    return new Poisson().common(config);
  }
}
