package keras.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * The product of a cell's first state, or of what is made of it, with a part of its recurrent
 * kernel.
 *
 * @param kernel (units, some columns)
 * @param bias what is added, (some columns); null for nothing
 * @param dropout what the state is multiplied with before, (batch, units); null for nothing
 */
record Product(Operand<TFloat32> kernel, Operand<TFloat32> bias, Operand<TFloat32> dropout) {

  /** What is multiplied with the kernel: the state but for what is dropped. */
  Operand<TFloat32> left(Ops tf, Operand<TFloat32> state) {
    return dropout == null ? state : tf.math.mul(state, dropout);
  }

  /** The product of what {@link #left} gave. */
  Operand<TFloat32> result(Ops tf, Operand<TFloat32> left) {
    return BiasedProduct.of(tf, left, kernel, bias);
  }

  /** The gradient of the state, given the one of the product. */
  Operand<TFloat32> stateGradient(Ops tf, Operand<TFloat32> gradient) {
    return left(tf, tf.linalg.matMul(gradient, kernel, MatMul.transposeB(true)));
  }
}
