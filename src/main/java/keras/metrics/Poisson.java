package keras.metrics;

/** The mean of {@link keras.losses.Poisson}. Keras: {@code keras.metrics.Poisson}. */
public final class Poisson extends LossMetric<Poisson> {

  /** Keras's defaults. */
  public Poisson() {
    super("poisson", new keras.losses.Poisson());
  }
}
