package keras.layers;

import java.util.ArrayList;
import java.util.List;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Multiplies tensors, element by element. What is masked counts as 1 if something else is not.
 * Keras: {@code keras.layers.Multiply}.
 *
 * <p>Shapes: several tensors of one shape, or of shapes that can be repeated to one → that shape.
 * Inputs of fewer dimensions get new ones after the batch.
 */
public final class Multiply extends Merge<Multiply> {

  /** Merges with Keras's defaults. */
  public Multiply() {}

  @Override
  Operand<TFloat32> merge(Ops tf, List<Operand<TFloat32>> inputs, List<Operand<TBool>> masks) {
    List<Operand<TFloat32>> factors = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Operand<TFloat32> each = inputs.get(i);
      Operand<TBool> mask = masks.get(i);
      factors.add(
          mask == null
              ? each
              : tf.select(mask, each, tf.math.add(tf.zerosLike(each), tf.constant(1f))));
    }
    Operand<TFloat32> product = factors.stream().reduce((a, b) -> tf.math.mul(a, b)).orElseThrow();
    if (masks.contains(null)) {
      return product;
    }
    Operand<TBool> any = masks.stream().reduce((a, b) -> tf.math.logicalOr(a, b)).orElseThrow();
    return tf.select(any, product, tf.zerosLike(product));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Multiply.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Multiply fromConfig(Config config) {
    return new Multiply().common(config);
  }
}
