package keras.layers;

import java.util.List;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Gives the largest number of each pool of timesteps. Keras: {@code keras.layers.MaxPooling1D}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, pools, features). A mask is not passed on.
 */
public final class MaxPooling1D extends Pooling<MaxPooling1D> {

  /** Pools of two timesteps. */
  public MaxPooling1D() {
    this(2);
  }

  /**
   * Pools of a size.
   *
   * @param poolSize how many timesteps
   * @throws IllegalArgumentException if it is less than 1
   */
  public MaxPooling1D(int poolSize) {
    super(1, poolSize);
  }

  @Override
  Operand<TFloat32> pooled(
      Ops tf, Operand<TFloat32> x, List<Long> size, List<Long> strides, String padding) {
    return tf.nn.maxPool(x, vector(tf, size), vector(tf, strides), padding);
  }

  private static Operand<TInt32> vector(Ops tf, List<Long> sizes) {
    return tf.constant(sizes.stream().mapToInt(Long::intValue).toArray());
  }

  /**
   * Returns a layer of its arguments. Keras: {@code MaxPooling1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MaxPooling1D fromConfig(Config config) {
    Checks.notNull("MaxPooling1D.fromConfig", "config", config);
    int[] size = config.given("pool_size") ? config.integers("pool_size") : new int[] {2};
    return new MaxPooling1D(size[0]).common(config).poolingFrom(config);
  }
}
