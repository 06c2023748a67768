package keras.layers;

import java.util.List;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gives the largest number of each pool of places of a volume. Keras: {@code
 * keras.layers.MaxPooling3D}.
 *
 * <p>Shapes: (batch, depth, rows, columns, features) → (batch, pools deep, pools down, pools
 * across, features). A mask is not passed on.
 */
public final class MaxPooling3D extends Pooling<MaxPooling3D> {

  /** Pools of two places in each dimension. */
  public MaxPooling3D() {
    this(2);
  }

  /**
   * Pools of a size.
   *
   * @param poolSize how many places deep, down and across: one number for all, or three
   * @throws IllegalArgumentException if it is less than 1
   */
  public MaxPooling3D(int... poolSize) {
    super(3, poolSize);
  }

  @Override
  Operand<TFloat32> pooled(
      Ops tf, Operand<TFloat32> x, List<Long> size, List<Long> strides, String padding) {
    return tf.nn.maxPool3d(x, size, strides, padding);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code MaxPooling3D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MaxPooling3D fromConfig(Config config) {
    Checks.notNull("MaxPooling3D.fromConfig", "config", config);
    int[] size = config.given("pool_size") ? config.integers("pool_size") : new int[] {2};
    return new MaxPooling3D(size).common(config).poolingFrom(config);
  }
}
