package keras.layers;

import java.util.List;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Takes the mean of tensors, element by element. Keras: {@code keras.layers.Average}.
 *
 * <p>Shapes: several tensors of one shape, or of shapes that can be repeated to one → that shape.
 * Inputs of fewer dimensions get new ones after the batch.
 */
public final class Average extends Merge<Average> {

  /** Merges with Keras's defaults. */
  public Average() {}

  @Override
  Operand<TFloat32> merge(Ops tf, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks) {
    Operand<TFloat32> sum = inputs.stream().reduce((a, b) -> tf.math.add(a, b)).orElseThrow();
    return tf.math.div(sum, tf.constant((float) inputs.size()));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Average.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Average fromConfig(Config config) {
    return new Average().common(config);
  }
}
