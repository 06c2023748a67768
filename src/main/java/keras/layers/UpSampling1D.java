package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.graph.Dims;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Repeats each timestep several times. Keras: {@code keras.layers.UpSampling1D}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, size · timesteps, features). A mask is not
 * passed on.
 */
public final class UpSampling1D extends KerasLayer<UpSampling1D> {

  private int size = 2;

  /** Repeats each timestep twice. */
  public UpSampling1D() {}

  /**
   * Sets how often each timestep is repeated.
   *
   * @param value 2 by default
   * @return this layer
   * @throws IllegalArgumentException if it is less than one
   */
  public UpSampling1D size(int value) {
    checkNotFrozen("size");
    size = Checks.positive("UpSampling1D", "size", value);
    return this;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    long[] sizes = Arguments.sequences(this, inputShape).asArray().clone();
    if (sizes[1] != Shape.UNKNOWN_SIZE) {
      sizes[1] *= size;
    }
    return Shape.of(sizes);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    long known = computeOutputShape(inputs.shape()).get(1);
    Operand<TInt32> length =
        known == Shape.UNKNOWN_SIZE
            ? tf.math.mul(Dims.of(tf, inputs, 1), tf.constant(size))
            : tf.constant((int) known);
    Operand<TFloat32> repeated =
        tf.tile(tf.expandDims(inputs, tf.constant(2)), tf.constant(new int[] {1, 1, size, 1}));
    return tf.reshape(repeated, tf.stack(List.of(tf.constant(-1), length, Dims.of(tf, inputs, 2))));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code UpSampling1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static UpSampling1D fromConfig(Config config) {
    UpSampling1D layer = new UpSampling1D().common(config);
    config.integer("size", layer::size);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("size", size);
    return config;
  }
}
