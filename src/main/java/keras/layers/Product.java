package keras.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * The product of a cell's first state with a part of its recurrent kernel.
 *
 * @param kernel (units, some columns)
 * @param dropout what the state is multiplied with before, (batch, units); null for nothing
 */
record Product(Operand<TFloat32> kernel, Operand<TFloat32> dropout) {

  Operand<TFloat32> left(Ops tf, Operand<TFloat32> state) {
    return dropout == null ? state : tf.math.mul(state, dropout);
  }

  /** The gradient of the state, given the one of the product. */
  Operand<TFloat32> stateGradient(Ops tf, Operand<TFloat32> gradient) {
    return left(tf, tf.linalg.matMul(gradient, kernel, MatMul.transposeB(true)));
  }
}
