package keras.layers;

import keras.backend.LayerContext;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.types.TFloat32;

/**
 * Gives the largest value of each feature over all timesteps. Keras: {@code
 * keras.layers.GlobalMaxPooling1D}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, features), or (batch, 1, features) with {@code
 * keepdims(true)}. A mask is neither heeded nor passed on, as in Keras.
 */
public final class GlobalMaxPooling1D extends GlobalPooling<GlobalMaxPooling1D> {

  /** Over inputs of (batch, timesteps, features). */
  public GlobalMaxPooling1D() {
    super(1);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    return tf.max(inputs, tf.constant(axes()), Max.keepDims(keepsDimensions()));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code GlobalMaxPooling1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static GlobalMaxPooling1D fromConfig(Config config) {
    return new GlobalMaxPooling1D().common(config).poolingFrom(config);
  }
}
