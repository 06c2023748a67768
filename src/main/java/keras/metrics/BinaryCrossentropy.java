package keras.metrics;

import java.util.Map;
import keras.utils.Config;

/**
 * The mean of {@link keras.losses.BinaryCrossentropy}. Keras: {@code
 * keras.metrics.BinaryCrossentropy(from_logits=False, label_smoothing=0)}.
 */
public final class BinaryCrossentropy extends LossMetric<BinaryCrossentropy> {

  private final keras.losses.BinaryCrossentropy loss;
  private boolean fromLogits;
  private Number labelSmoothing = 0;

  /** Keras's defaults. */
  public BinaryCrossentropy() {
    this(new keras.losses.BinaryCrossentropy());
  }

  private BinaryCrossentropy(keras.losses.BinaryCrossentropy loss) {
    super("binary_crossentropy", loss);
    this.loss = loss;
  }

  /**
   * Sets whether predictions are logits, not probabilities.
   *
   * @param value false by default
   * @return this metric
   */
  public BinaryCrossentropy fromLogits(boolean value) {
    loss.fromLogits(value);
    fromLogits = value;
    return this;
  }

  /**
   * Sets how far targets are moved towards one half.
   *
   * @param value a share from 0, the default, to 1
   * @return this metric
   */
  public BinaryCrossentropy labelSmoothing(double value) {
    loss.labelSmoothing(value);
    labelSmoothing = value;
    return this;
  }

  /**
   * Returns a metric of its arguments. Keras: {@code BinaryCrossentropy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static BinaryCrossentropy fromConfig(Config config) {
    BinaryCrossentropy metric = new BinaryCrossentropy().common(config);
    config.bool("from_logits", metric::fromLogits);
    config.number("label_smoothing", metric::labelSmoothing);
    return metric;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("from_logits", fromLogits);
    config.put("label_smoothing", labelSmoothing);
    return config;
  }
}
