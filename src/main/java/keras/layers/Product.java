package keras.layers;

import java.util.List;
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

  /** Up to how many numbers a product and its bias are quicker as two ops. */
  private static final long FEW_NUMBERS = 20_000;

  /**
   * {@code left · kernel + bias}.
   *
   * <p>TensorFlow would make one op of it, which takes 3 to 10 µs to begin. Having to wait for the
   * bias keeps the product by itself.
   *
   * @param left (rows, features)
   * @param kernel (features, columns)
   * @param bias (columns), or null for nothing
   */
  static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> left, Operand<TFloat32> kernel, Operand<TFloat32> bias) {
    if (bias == null) {
      return tf.linalg.matMul(left, kernel);
    }
    long rows = left.shape().get(0);
    boolean apart = rows >= 0 && rows * kernel.shape().get(1) <= FEW_NUMBERS;
    Ops product = apart ? tf.withControlDependencies(List.of(bias)) : tf;
    return tf.nn.biasAdd(product.linalg.matMul(left, kernel), bias);
  }

  /** What is multiplied with the kernel: the state but for what is dropped. */
  Operand<TFloat32> left(Ops tf, Operand<TFloat32> state) {
    return dropout == null ? state : tf.math.mul(state, dropout);
  }

  /** The product of what {@link #left} gave. */
  Operand<TFloat32> result(Ops tf, Operand<TFloat32> left) {
    return of(tf, left, kernel, bias);
  }

  /** The gradient of the state, given the one of the product. */
  Operand<TFloat32> stateGradient(Ops tf, Operand<TFloat32> gradient) {
    return left(tf, tf.linalg.matMul(gradient, kernel, MatMul.transposeB(true)));
  }
}
