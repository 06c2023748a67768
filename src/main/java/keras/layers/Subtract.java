package keras.layers;

import java.util.List;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Subtracts the second of two tensors from the first. Keras: {@code keras.layers.Subtract}.
 *
 * <p>Shapes: two tensors of one shape, or of shapes that can be repeated to one → that shape.
 * Inputs of fewer dimensions get new ones after the batch.
 */
public final class Subtract extends Merge<Subtract> {

  /** Merges with Keras's defaults. */
  public Subtract() {}

  @Override
  int inputCount() {
    return 2;
  }

  @Override
  Operand<TFloat32> merge(Ops tf, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks) {
    return tf.math.sub(inputs.get(0), inputs.get(1));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Subtract.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Subtract fromConfig(Config config) {
    return new Subtract().common(config);
  }
}
