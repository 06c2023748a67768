package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Gives the mean of the numbers of each of so many pools of rows and columns. Keras: {@code
 * keras.layers.AdaptiveAveragePooling2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → (batch, pools down, pools across, features); the
 * sizes must be known. A mask is not passed on.
 */
public final class AdaptiveAveragePooling2D extends AdaptivePooling<AdaptiveAveragePooling2D> {

  /**
   * So many pools.
   *
   * @param outputSize how many pools there are down and across: one number for both, or two
   * @throws IllegalArgumentException if it is less than 1
   */
  public AdaptiveAveragePooling2D(int... outputSize) {
    super(2, outputSize);
  }

  @Override
  Operand<TFloat32> pool(Ops tf, Operand<TFloat32> x, Operand<TInt32> axis) {
    return tf.math.mean(x, axis, Mean.keepDims(true));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code AdaptiveAveragePooling2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static AdaptiveAveragePooling2D fromConfig(Config config) {
    Checks.notNull("AdaptiveAveragePooling2D.fromConfig", "config", config);
    return new AdaptiveAveragePooling2D(config.integers("output_size"))
        .common(config)
        .poolingFrom(config);
  }
}
