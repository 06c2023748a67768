package keras.layers;

import java.util.Map;
import keras.activations.Activations;
import keras.backend.LayerContext;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The rectifier as a layer of its own: what is below a threshold becomes zero, or a fraction of it.
 * Keras: {@code keras.layers.ReLU}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 */
public final class ReLU extends KerasLayer<ReLU> {

  private Double maxValue;
  private double negativeSlope;
  private double threshold;

  /** {@code max(x, 0)}. */
  public ReLU() {}

  /**
   * The largest value that the layer gives.
   *
   * @param value 0 or more; null, the default, for no limit
   * @return this layer
   * @throws IllegalArgumentException if it is negative
   */
  public ReLU maxValue(Double value) {
    checkNotFrozen("maxValue");
    maxValue = value == null ? null : Arguments.notNegative("ReLU", "maxValue", value);
    return this;
  }

  /**
   * Sets the slope below the threshold.
   *
   * @param value 0 or more; 0 by default
   * @return this layer
   * @throws IllegalArgumentException if it is negative
   */
  public ReLU negativeSlope(double value) {
    checkNotFrozen("negativeSlope");
    negativeSlope = Arguments.notNegative("ReLU", "negativeSlope", value);
    return this;
  }

  /**
   * Sets where the inputs start to be passed on.
   *
   * @param value 0 or more; 0 by default
   * @return this layer
   * @throws IllegalArgumentException if it is negative
   */
  public ReLU threshold(double value) {
    checkNotFrozen("threshold");
    threshold = Arguments.notNegative("ReLU", "threshold", value);
    return this;
  }

  @Override
  boolean builtAtOnce() {
    return true;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    return Activations.relu()
        .negativeSlope(negativeSlope)
        .maxValue(maxValue)
        .threshold(threshold)
        .call(context.tf(), inputs);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code ReLU.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ReLU fromConfig(Config config) {
    ReLU layer = new ReLU().common(config);
    layer.maxValue(config.given("max_value") ? (Double) config.number("max_value") : null);
    config.number("negative_slope", layer::negativeSlope);
    config.number("threshold", layer::threshold);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("max_value", maxValue);
    config.put("negative_slope", negativeSlope);
    config.put("threshold", threshold);
    return config;
  }
}
