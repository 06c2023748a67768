package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Gives the mean of the numbers of each of so many pools of places of a volume. Keras: {@code
 * keras.layers.AdaptiveAveragePooling3D}.
 *
 * <p>Shapes: (batch, depth, rows, columns, features) → (batch, pools deep, pools down, pools
 * across, features); the sizes must be known. A mask is not passed on.
 */
public final class AdaptiveAveragePooling3D extends AdaptivePooling<AdaptiveAveragePooling3D> {

  /**
   * So many pools.
   *
   * @param outputSize how many pools there are deep, down and across: one number for all, or three
   * @throws IllegalArgumentException if it is less than 1
   */
  public AdaptiveAveragePooling3D(int... outputSize) {
    super(3, outputSize);
  }

  @Override
  Operand<TFloat32> pool(Ops tf, Operand<TFloat32> x, Operand<TInt32> axis) {
    return tf.math.mean(x, axis, Mean.keepDims(true));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code AdaptiveAveragePooling3D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static AdaptiveAveragePooling3D fromConfig(Config config) {
    Checks.notNull("AdaptiveAveragePooling3D.fromConfig", "config", config);
    return new AdaptiveAveragePooling3D(config.integers("output_size"))
        .common(config)
        .poolingFrom(config);
  }
}
