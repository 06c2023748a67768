package keras.optimizers;

import keras.backend.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How a gradient changes a variable and what the optimizer remembers of it. */
@FunctionalInterface
interface Rule {

  /**
   * Adds the ops.
   *
   * @param tf where to add the op that changes the variable
   * @param variable the variable that changes
   * @param gradient by what
   * @return the op after which the variable has its new value
   */
  Op update(Ops tf, Variable variable, Operand<TFloat32> gradient);
}
