package keras.layers;

import java.util.List;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Adds tensors. Keras: {@code keras.layers.Add}.
 *
 * <p>Shapes: several tensors of one shape, or of shapes that can be repeated to one → that shape.
 * Inputs of fewer dimensions get new ones after the batch.
 */
public final class Add extends Merge<Add> {

  /** Merges with Keras's defaults. */
  public Add() {}

  @Override
  Operand<TFloat32> merge(Ops tf, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks) {
    return inputs.stream().reduce((a, b) -> tf.math.add(a, b)).orElseThrow();
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Add.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Add fromConfig(Config config) {
    return new Add().common(config);
  }
}
