package keras.internal.rnn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The layers that cuDNN has, and how it wants their weights: one vector of the gates' kernels, then
 * their recurrent kernels, each transposed; then each gate's bias for the input and after those
 * each one's for the state, which it adds to the products.
 */
public enum CudnnMode {

  /** Gates in Keras's order, i, f, c, o. Keras has one bias; the other is zero. */
  LSTM("lstm") {
    @Override
    public Operand<TFloat32> parameters(
        Ops tf,
        Operand<TFloat32> kernel,
        Operand<TFloat32> recurrentKernel,
        Operand<TFloat32> bias) {
      return joined(tf, kernel, recurrentKernel, tf.stack(List.of(tf.zerosLike(bias), bias)));
    }
  },

  /** Keras's gates are z, r, h, cuDNN's r, z, h. Keras has both biases, (2, 3 * units). */
  GRU("gru") {
    @Override
    public Operand<TFloat32> parameters(
        Ops tf,
        Operand<TFloat32> kernel,
        Operand<TFloat32> recurrentKernel,
        Operand<TFloat32> bias) {
      return joined(
          tf, resetFirst(tf, kernel), resetFirst(tf, recurrentKernel), resetFirst(tf, bias));
    }
  };

  private final String rnnMode;

  CudnnMode(String rnnMode) {
    this.rnnMode = rnnMode;
  }

  /** Its name in TensorFlow's ops. */
  String rnnMode() {
    return rnnMode;
  }

  /**
   * The weights in cuDNN's layout.
   *
   * @param kernel (features, gates * units)
   * @param recurrentKernel (units, gates * units)
   * @param bias as the layer has it
   * @return a vector, of plain ops
   */
  public abstract Operand<TFloat32> parameters(
      Ops tf, Operand<TFloat32> kernel, Operand<TFloat32> recurrentKernel, Operand<TFloat32> bias);

  /** Of matrices whose gates are columns, in cuDNN's order; the biases' rows stay rows. */
  private static Operand<TFloat32> joined(
      Ops tf,
      Operand<TFloat32> kernel,
      Operand<TFloat32> recurrentKernel,
      Operand<TFloat32> biases) {
    return tf.concat(
        List.of(transposed(tf, kernel), transposed(tf, recurrentKernel), flat(tf, biases)),
        tf.constant(0));
  }

  private static Operand<TFloat32> resetFirst(Ops tf, Operand<TFloat32> gates) {
    List<Operand<TFloat32>> each = List.copyOf(tf.split(tf.constant(1), gates, 3L).output());
    return tf.concat(List.of(each.get(1), each.get(0), each.get(2)), tf.constant(1));
  }

  /** Returns the rows of the transposed matrix, one after another: gate by gate. */
  private static Operand<TFloat32> transposed(Ops tf, Operand<TFloat32> matrix) {
    return flat(tf, tf.linalg.transpose(matrix, tf.constant(new int[] {1, 0})));
  }

  private static Operand<TFloat32> flat(Ops tf, Operand<TFloat32> matrix) {
    return tf.reshape(matrix, tf.constant(new int[] {-1}));
  }
}
