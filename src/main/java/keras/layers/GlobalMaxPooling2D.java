package keras.layers;

import keras.backend.LayerContext;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.types.TFloat32;

/**
 * Gives the largest value of each feature over an image. Keras: {@code
 * keras.layers.GlobalMaxPooling2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → (batch, features), or (batch, 1, 1, features) with
 * {@code keepdims(true)}. A mask is neither heeded nor passed on, as in Keras.
 */
public final class GlobalMaxPooling2D extends GlobalPooling<GlobalMaxPooling2D> {

  /** Over inputs of (batch, rows, columns, features). */
  public GlobalMaxPooling2D() {
    super(2);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    return tf.max(inputs, tf.constant(axes()), Max.keepDims(keepsDimensions()));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code GlobalMaxPooling2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static GlobalMaxPooling2D fromConfig(Config config) {
    return new GlobalMaxPooling2D().common(config).poolingFrom(config);
  }
}
