package keras.metrics;

/** The mean of {@link keras.losses.SquaredHinge}. Keras: {@code keras.metrics.SquaredHinge}. */
public final class SquaredHinge extends LossMetric<SquaredHinge> {

  /** Keras's defaults. */
  public SquaredHinge() {
    super("squared_hinge", new keras.losses.SquaredHinge());
  }
}
