package keras.layers;

import java.util.List;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gives the mean of the numbers of each pool of rows and columns. Keras: {@code
 * keras.layers.AveragePooling2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → (batch, pools down, pools across, features). A mask
 * is not passed on.
 */
public final class AveragePooling2D extends Pooling<AveragePooling2D> {

  /**
   * Pools of a size.
   *
   * @param poolSize how many rows and columns: one number for both, or two
   * @throws IllegalArgumentException if it is less than 1
   */
  public AveragePooling2D(int... poolSize) {
    super(2, poolSize);
  }

  @Override
  Operand<TFloat32> pooled(
      Ops tf, Operand<TFloat32> x, List<Long> size, List<Long> strides, String padding) {
    return tf.nn.avgPool(x, size, strides, padding);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code AveragePooling2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static AveragePooling2D fromConfig(Config config) {
    Checks.notNull("AveragePooling2D.fromConfig", "config", config);
    return new AveragePooling2D(config.integers("pool_size")).common(config).poolingFrom(config);
  }
}
