package keras.layers;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gives the largest number of each pool of rows and columns. Keras: {@code
 * keras.layers.MaxPooling2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → (batch, pools down, pools across, features). A mask
 * is not passed on.
 */
public final class MaxPooling2D extends Pooling<MaxPooling2D> {

  /** Pools of two rows and columns. */
  public MaxPooling2D() {
    this(2);
  }

  /**
   * Pools of a size.
   *
   * @param poolSize how many rows and columns: one number for both, or two
   * @throws IllegalArgumentException if it is less than 1
   */
  public MaxPooling2D(int... poolSize) {
    super(2, poolSize);
  }

  @Override
  Operand<TFloat32> pooled(Ops tf, Operand<TFloat32> x, Window by, int... size) {
    return tf.nn.maxPool(
        x,
        tf.constant(by.ofImage(size).stream().mapToInt(Long::intValue).toArray()),
        tf.constant(by.ofImage(by.strides()).stream().mapToInt(Long::intValue).toArray()),
        by.nativePadding());
  }

  /**
   * Returns a layer of its arguments. Keras: {@code MaxPooling2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MaxPooling2D fromConfig(Config config) {
    return new MaxPooling2D(config.integers("pool_size")).common(config).poolingFrom(config);
  }
}
