package keras.layers;

import keras.backend.LayerContext;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Gives the mean of each feature over a volume. Keras: {@code keras.layers.GlobalAveragePooling3D}.
 *
 * <p>Shapes: (batch, depth, rows, columns, features) → (batch, features), or (batch, 1, 1, 1,
 * features) with {@code keepdims(true)}. A mask is neither heeded nor passed on, as in Keras.
 */
public final class GlobalAveragePooling3D extends GlobalPooling<GlobalAveragePooling3D> {

  /** Over inputs of (batch, depth, rows, columns, features). */
  public GlobalAveragePooling3D() {
    super(3);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    return tf.math.mean(inputs, tf.constant(axes()), Mean.keepDims(keepsDimensions()));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code GlobalAveragePooling3D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static GlobalAveragePooling3D fromConfig(Config config) {
    return new GlobalAveragePooling3D().common(config).poolingFrom(config);
  }
}
