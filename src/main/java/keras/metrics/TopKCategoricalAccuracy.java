package keras.metrics;

import java.util.Map;
import java.util.Optional;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How often the class of the largest target is among those of the k largest predictions: {@code
 * (batch, ..., classes)} both. Keras: {@code keras.metrics.TopKCategoricalAccuracy(k=5)}.
 */
public final class TopKCategoricalAccuracy extends MeanOverSamples<TopKCategoricalAccuracy> {

  private int k = 5;

  /** Keras's defaults. */
  public TopKCategoricalAccuracy() {
    super("top_k_categorical_accuracy");
  }

  /**
   * Sets how many of the largest predictions to look at.
   *
   * @param value 5 by default
   * @return this metric
   */
  public TopKCategoricalAccuracy k(int value) {
    k = value;
    return this;
  }

  @Override
  public Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  @Override
  Operand<TFloat32> values(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    return TopClasses.amongLargest(tf, TopClasses.first(tf, yTrue), yPred, k);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code TopKCategoricalAccuracy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static TopKCategoricalAccuracy fromConfig(Config config) {
    TopKCategoricalAccuracy metric = new TopKCategoricalAccuracy().common(config);
    config.integer("k", metric::k);
    return metric;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("k", k);
    return config;
  }

  @Override
  boolean fits(Shape yTrue, Shape yPred) {
    return TopClasses.compare(yTrue, yPred);
  }
}
