package keras.backend;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A function from one tensor to another, written as TensorFlow ops: what activations, regularizers
 * and constraints have in common.
 */
@FunctionalInterface
public interface TensorFunction {

  /**
   * Adds the function's ops.
   *
   * @param tf where the ops go
   * @param x the argument
   * @return the result
   */
  Operand<TFloat32> call(Ops tf, Operand<TFloat32> x);
}
