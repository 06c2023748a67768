package keras.layers;

import java.util.List;
import java.util.function.BinaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** Largest and smallest elements where some are masked. */
final class Extremes {

  private Extremes() {}

  /** Applies an operation to one tensor after the other; what is masked gives way to the others. */
  static Operand<TFloat32> of(
      Ops tf,
      List<Operand<TFloat32>> inputs,
      List<Operand<TBool>> masks,
      BinaryOperator<Operand<TFloat32>> operation) {
    Operand<TFloat32> output = inputs.get(0);
    Operand<TBool> outputMask = masks.get(0);
    for (int i = 1; i < inputs.size(); i++) {
      Operand<TFloat32> x = inputs.get(i);
      Operand<TBool> mask = masks.get(i);
      x = mask == null ? x : tf.select(mask, x, output);
      output = outputMask == null ? output : tf.select(outputMask, output, x);
      outputMask = mask == null || outputMask == null ? null : tf.math.logicalOr(outputMask, mask);
      output = operation.apply(output, x);
    }
    return output;
  }
}
