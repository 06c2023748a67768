package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Gives the largest number of each of so many pools of timesteps. Keras: {@code
 * keras.layers.AdaptiveMaxPooling1D}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, pools, features); the sizes must be known. A
 * mask is not passed on.
 */
public final class AdaptiveMaxPooling1D extends AdaptivePooling<AdaptiveMaxPooling1D> {

  /**
   * So many pools.
   *
   * @param outputSize how many pools there are
   * @throws IllegalArgumentException if it is less than 1
   */
  public AdaptiveMaxPooling1D(int outputSize) {
    super(1, outputSize);
  }

  @Override
  Operand<TFloat32> pool(Ops tf, Operand<TFloat32> x, Operand<TInt32> axis) {
    return tf.max(x, axis, Max.keepDims(true));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code AdaptiveMaxPooling1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static AdaptiveMaxPooling1D fromConfig(Config config) {
    Checks.notNull("AdaptiveMaxPooling1D.fromConfig", "config", config);
    return new AdaptiveMaxPooling1D(config.integers("output_size")[0])
        .common(config)
        .poolingFrom(config);
  }
}
