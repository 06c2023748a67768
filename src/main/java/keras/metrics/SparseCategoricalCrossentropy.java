package keras.metrics;

import java.util.Map;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * The mean of {@link keras.losses.SparseCategoricalCrossentropy}. Keras: {@code
 * keras.metrics.SparseCategoricalCrossentropy(from_logits=False, ignore_class=None, axis=-1)}.
 */
public final class SparseCategoricalCrossentropy extends LossMetric<SparseCategoricalCrossentropy> {

  private final keras.losses.SparseCategoricalCrossentropy loss;
  private boolean fromLogits;
  private Integer ignoreClass;
  private int axis = -1;

  /** Keras's defaults. */
  public SparseCategoricalCrossentropy() {
    this(new keras.losses.SparseCategoricalCrossentropy());
  }

  private SparseCategoricalCrossentropy(keras.losses.SparseCategoricalCrossentropy loss) {
    super("sparse_categorical_crossentropy", loss);
    this.loss = loss;
  }

  /**
   * Sets whether predictions are logits, not probabilities.
   *
   * @param value false by default
   * @return this metric
   */
  public SparseCategoricalCrossentropy fromLogits(boolean value) {
    loss.fromLogits(value);
    fromLogits = value;
    return this;
  }

  /**
   * Sets a class whose values are 0.
   *
   * @param value a class number; null, the default, for none
   * @return this metric
   */
  public SparseCategoricalCrossentropy ignoreClass(Integer value) {
    loss.ignoreClass(value);
    ignoreClass = value;
    return this;
  }

  /**
   * Sets the axis of the classes, which must be the last.
   *
   * @param value an axis; -1, the last, by default
   * @return this metric
   */
  public SparseCategoricalCrossentropy axis(int value) {
    loss.axis(value);
    axis = value;
    return this;
  }

  /**
   * Returns a metric of its arguments. Keras: {@code SparseCategoricalCrossentropy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SparseCategoricalCrossentropy fromConfig(Config config) {
    SparseCategoricalCrossentropy metric = new SparseCategoricalCrossentropy().common(config);
    config.bool("from_logits", metric::fromLogits);
    if (config.given("ignore_class")) {
      metric.ignoreClass(config.integer("ignore_class"));
    }
    config.integer("axis", metric::axis);
    return metric;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("from_logits", fromLogits);
    config.put("ignore_class", ignoreClass);
    config.put("axis", axis);
    return config;
  }

  @Override
  void checkFit(Shape yTrue, Shape yPred) {
    checkClasses(yTrue, yPred);
  }
}
