package keras.layers;

import java.util.List;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The mean of each feature over all timesteps, masked ones left out. Keras: {@code
 * keras.layers.GlobalAveragePooling1D}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, features), or (batch, 1, features) with {@code
 * keepdims(true)}. A mask is not passed on; a sample whose timesteps are all masked gives NaN, as
 * in Keras.
 */
public final class GlobalAveragePooling1D extends GlobalPooling<GlobalAveragePooling1D> {

  /** Over inputs of (batch, timesteps, features). */
  public GlobalAveragePooling1D() {
    super(1);
  }

  @Override
  boolean usesMask() {
    return true;
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    Operand<TBool> mask = inputs.get(0).mask();
    MaskedTensor output =
        tape.op(inputs.get(0).tensor(), (context, own) -> average(context.tf(), own, mask));
    return List.of(regularized(tape, output));
  }

  private Operand<TFloat32> average(Ops tf, Operand<TFloat32> inputs, Operand<TBool> mask) {
    Operand<TInt32> time = tf.constant(axes()[0]);
    if (mask == null) {
      return tf.math.mean(inputs, time, Mean.keepDims(keepsDimensions()));
    }
    Operand<TBool> counted = tf.expandDims(mask, tf.constant(3 - axes()[0]));
    Operand<TFloat32> kept = tf.select(counted, inputs, tf.constant(0f));
    return tf.math.div(
        tf.sum(kept, time, Sum.keepDims(keepsDimensions())),
        tf.sum(tf.dtypes.cast(counted, TFloat32.class), time, Sum.keepDims(keepsDimensions())));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code GlobalAveragePooling1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static GlobalAveragePooling1D fromConfig(Config config) {
    return new GlobalAveragePooling1D().common(config).poolingFrom(config);
  }
}
