package keras.layers;

import java.util.List;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gives the mean of the numbers of each pool of timesteps. Keras: {@code
 * keras.layers.AveragePooling1D}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, pools, features). A mask is not passed on.
 */
public final class AveragePooling1D extends Pooling<AveragePooling1D> {

  /**
   * Pools of a size.
   *
   * @param poolSize how many timesteps
   * @throws IllegalArgumentException if it is less than 1
   */
  public AveragePooling1D(int poolSize) {
    super(1, poolSize);
  }

  @Override
  Operand<TFloat32> pooled(
      Ops tf, Operand<TFloat32> x, List<Long> size, List<Long> strides, String padding) {
    return tf.nn.avgPool(x, size, strides, padding);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code AveragePooling1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static AveragePooling1D fromConfig(Config config) {
    Checks.notNull("AveragePooling1D.fromConfig", "config", config);
    return new AveragePooling1D(config.integers("pool_size")[0]).common(config).poolingFrom(config);
  }
}
