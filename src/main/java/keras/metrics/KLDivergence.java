package keras.metrics;

/** The mean of {@link keras.losses.KLDivergence}. Keras: {@code keras.metrics.KLDivergence}. */
public final class KLDivergence extends LossMetric<KLDivergence> {

  /** Keras's defaults. */
  public KLDivergence() {
    super("kl_divergence", new keras.losses.KLDivergence());
  }
}
