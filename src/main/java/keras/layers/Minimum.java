package keras.layers;

import java.util.List;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Takes the smallest of tensors, element by element. What is masked does not count if something
 * else does. Keras: {@code keras.layers.Minimum}.
 *
 * <p>Shapes: several tensors of one shape, or of shapes that can be repeated to one → that shape.
 * Inputs of fewer dimensions get new ones after the batch.
 */
public final class Minimum extends Merge<Minimum> {

  /** Merges with Keras's defaults. */
  public Minimum() {}

  @Override
  Operand<TFloat32> merge(Ops tf, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks) {
    return Extremes.of(tf, inputs, masks, (a, b) -> tf.math.minimum(a, b));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Minimum.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Minimum fromConfig(Config config) {
    return new Minimum().common(config);
  }
}
