package keras.metrics;

import java.util.Map;
import keras.utils.Config;

/**
 * The mean of {@link keras.losses.CategoricalCrossentropy}. Keras: {@code
 * keras.metrics.CategoricalCrossentropy(from_logits=False, label_smoothing=0, axis=-1)}.
 */
public final class CategoricalCrossentropy extends LossMetric<CategoricalCrossentropy> {

  private final keras.losses.CategoricalCrossentropy loss;
  private boolean fromLogits;
  private Number labelSmoothing = 0;
  private int axis = -1;

  /** Keras's defaults. */
  public CategoricalCrossentropy() {
    this(new keras.losses.CategoricalCrossentropy());
  }

  private CategoricalCrossentropy(keras.losses.CategoricalCrossentropy loss) {
    super("categorical_crossentropy", loss);
    this.loss = loss;
  }

  /**
   * Sets whether predictions are logits, not probabilities.
   *
   * @param value false by default
   * @return this metric
   */
  public CategoricalCrossentropy fromLogits(boolean value) {
    loss.fromLogits(value);
    fromLogits = value;
    return this;
  }

  /**
   * Sets how far targets are moved towards all classes being equally likely.
   *
   * @param value a share from 0, the default, to 1
   * @return this metric
   */
  public CategoricalCrossentropy labelSmoothing(double value) {
    loss.labelSmoothing(value);
    labelSmoothing = value;
    return this;
  }

  /**
   * Sets the axis of the classes.
   *
   * @param value an axis; -1, the last, by default
   * @return this metric
   */
  public CategoricalCrossentropy axis(int value) {
    loss.axis(value);
    axis = value;
    return this;
  }

  /**
   * Returns a metric of its arguments. Keras: {@code CategoricalCrossentropy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CategoricalCrossentropy fromConfig(Config config) {
    CategoricalCrossentropy metric = new CategoricalCrossentropy().common(config);
    config.bool("from_logits", metric::fromLogits);
    config.number("label_smoothing", metric::labelSmoothing);
    config.integer("axis", metric::axis);
    return metric;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("from_logits", fromLogits);
    config.put("label_smoothing", labelSmoothing);
    config.put("axis", axis);
    return config;
  }
}
