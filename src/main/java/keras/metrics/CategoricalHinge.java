package keras.metrics;

/**
 * The mean of {@link keras.losses.CategoricalHinge}. Keras: {@code keras.metrics.CategoricalHinge}.
 */
public final class CategoricalHinge extends LossMetric<CategoricalHinge> {

  /** Keras's defaults. */
  public CategoricalHinge() {
    super("categorical_hinge", new keras.losses.CategoricalHinge());
  }
}
