package keras.metrics;

import keras.utils.Config;

/** The mean of {@link keras.losses.Hinge}. Keras: {@code keras.metrics.Hinge}. */
public final class Hinge extends LossMetric<Hinge> {

  /** Keras's defaults. */
  public Hinge() {
    super("hinge", new keras.losses.Hinge());
  }

  /**
   * Returns a metric of its arguments. Keras: {@code Hinge.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Hinge fromConfig(Config config) {
    return new Hinge().common(config);
  }
}
