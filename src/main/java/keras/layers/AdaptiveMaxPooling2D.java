package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Gives the largest number of each of so many pools of rows and columns. Keras: {@code
 * keras.layers.AdaptiveMaxPooling2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → (batch, pools down, pools across, features); the
 * sizes must be known. A mask is not passed on.
 */
public final class AdaptiveMaxPooling2D extends AdaptivePooling<AdaptiveMaxPooling2D> {

  /**
   * So many pools.
   *
   * @param outputSize how many pools there are down and across: one number for both, or two
   * @throws IllegalArgumentException if it is less than 1
   */
  public AdaptiveMaxPooling2D(int... outputSize) {
    super(2, outputSize);
  }

  @Override
  Operand<TFloat32> pool(Ops tf, Operand<TFloat32> x, Operand<TInt32> axis) {
    return tf.max(x, axis, Max.keepDims(true));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code AdaptiveMaxPooling2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static AdaptiveMaxPooling2D fromConfig(Config config) {
    Checks.notNull("AdaptiveMaxPooling2D.fromConfig", "config", config);
    return new AdaptiveMaxPooling2D(config.integers("output_size"))
        .common(config)
        .poolingFrom(config);
  }
}
