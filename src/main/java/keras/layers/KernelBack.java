package keras.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * A recurrent kernel on the way back, where in each timestep the gates' gradients are multiplied
 * with its transpose. From 16 rows on, a product with a matrix that is yet to be transposed takes
 * two to three times as long; then it is transposed once, before.
 */
final class KernelBack {

  private static final int FEW_ROWS = 15;

  private final boolean isTransposed;
  private final Operand<TFloat32> operand;

  /**
   * Adds the transposition if it pays.
   *
   * @param kernel (units, gates * units)
   * @param rows how many rows each product has; negative if that is not known
   */
  KernelBack(Ops tf, Operand<TFloat32> kernel, long rows) {
    isTransposed = rows < 0 || rows > FEW_ROWS;
    operand = isTransposed ? transposed(tf, kernel) : kernel;
  }

  /**
   * Not transposed as the matrix that it is, or TensorFlow would put it into each product again.
   */
  private static Operand<TFloat32> transposed(Ops tf, Operand<TFloat32> kernel) {
    int units = (int) kernel.shape().get(0);
    int columns = (int) kernel.shape().get(1);
    Operand<TFloat32> gates =
        tf.reshape(kernel, tf.constant(new int[] {units, columns / units, units}));
    return tf.reshape(
        tf.linalg.transpose(gates, tf.constant(new int[] {1, 2, 0})),
        tf.constant(new int[] {columns, units}));
  }

  /** What {@link #multiply} is to be given, to be carried into a loop. */
  Operand<TFloat32> operand() {
    return operand;
  }

  /**
   * The gradient of a state.
   *
   * @param gates the gates' gradients, (rows, gates * units)
   * @param operand {@link #operand()} as the place of the product sees it
   * @return (rows, units)
   */
  Operand<TFloat32> multiply(Ops tf, Operand<TFloat32> gates, Operand<TFloat32> operand) {
    return tf.linalg.matMul(gates, operand, MatMul.transposeB(!isTransposed));
  }
}
