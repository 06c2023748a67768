package keras.metrics;

/** The mean of {@link keras.losses.Hinge}. Keras: {@code keras.metrics.Hinge}. */
public final class Hinge extends LossMetric<Hinge> {

  /** Keras's defaults. */
  public Hinge() {
    super("hinge", new keras.losses.Hinge());
  }
}
