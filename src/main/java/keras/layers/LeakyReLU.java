package keras.layers;

import java.util.Map;
import keras.activations.Activations;
import keras.backend.LayerContext;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A rectifier that lets a fraction of negative values through. Keras: {@code
 * keras.layers.LeakyReLU}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 */
public final class LeakyReLU extends KerasLayer<LeakyReLU> {

  private double negativeSlope = 0.3;

  /** Lets 0.3 of negative values through. */
  public LeakyReLU() {}

  /**
   * Sets the slope below zero.
   *
   * @param value 0 or more; 0.3 by default
   * @return this layer
   * @throws IllegalArgumentException if it is negative
   */
  public LeakyReLU negativeSlope(double value) {
    checkNotFrozen("negativeSlope");
    negativeSlope = Arguments.notNegative("LeakyReLU", "negativeSlope", value);
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
    return Activations.leakyRelu(negativeSlope).call(context.tf(), inputs);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code LeakyReLU.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static LeakyReLU fromConfig(Config config) {
    LeakyReLU layer = new LeakyReLU().common(config);
    config.number("negative_slope", layer::negativeSlope);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("negative_slope", negativeSlope);
    return config;
  }
}
