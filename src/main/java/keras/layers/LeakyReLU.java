package keras.layers;

import java.util.Map;
import keras.activations.Activations;
import keras.backend.Call;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A rectifier that lets a fraction of negative values through. Keras: {@code
 * keras.layers.LeakyReLU}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 */
public final class LeakyReLU extends Layer<LeakyReLU> {

  private double negativeSlope = 0.3;

  /** Lets 0.3 of negative values through. */
  public LeakyReLU() {}

  /**
   * The slope below zero.
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
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected Operand<TFloat32> call(Call call, Operand<TFloat32> inputs) {
    return Activations.leakyRelu(negativeSlope).call(call.tf(), inputs);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("negative_slope", negativeSlope);
    return config;
  }
}
