package keras.layers;

import java.util.List;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Takes the largest of tensors, element by element. What is masked does not count if something else
 * does. Keras: {@code keras.layers.Maximum}.
 *
 * <p>Shapes: several tensors of one shape, or of shapes that can be repeated to one → that shape.
 * Inputs of fewer dimensions get new ones after the batch.
 */
public final class Maximum extends Merge<Maximum> {

  /** Merges with Keras's defaults. */
  public Maximum() {}

  @Override
  Operand<TFloat32> merge(Ops tf, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks) {
    return Extremes.of(tf, inputs, masks, (a, b) -> tf.math.maximum(a, b));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Maximum.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Maximum fromConfig(Config config) {
    return new Maximum().common(config);
  }
}
