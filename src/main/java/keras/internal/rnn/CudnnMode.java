package keras.internal.rnn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The layers that cuDNN has, those that Keras uses it for and those that ONNX has as well, and how
 * it wants their weights: one vector of the gates' kernels, then their recurrent kernels, each
 * transposed; then each gate's bias for the input and after those each one's for the state, which
 * it adds to the products.
 */
public enum CudnnMode {

  /** Gates in Keras's order, i, f, c, o. */
  LSTM("lstm", 4),

  /** Keras's gates are z, r, h, cuDNN's r, z, h. Keras has both biases, (2, 3 * units). */
  GRU("gru", 3) {
    @Override
    public Operand<TFloat32> parameters(
        Ops tf,
        Operand<TFloat32> kernel,
        Operand<TFloat32> recurrentKernel,
        Operand<TFloat32> bias) {
      return joined(
          tf, resetFirst(tf, kernel), resetFirst(tf, recurrentKernel), resetFirst(tf, bias));
    }

    @Override
    public Operand<TFloat32> noBias(Ops tf, int units) {
      return tf.zeros(tf.constant(new int[] {2, 3 * units}), TFloat32.class);
    }
  },

  /** A SimpleRNN with tanh. */
  RNN_TANH("rnn_tanh", 1),

  /** A SimpleRNN with ReLU. */
  RNN_RELU("rnn_relu", 1);

  private final String rnnMode;
  private final int gates;

  CudnnMode(String rnnMode, int gates) {
    this.rnnMode = rnnMode;
    this.gates = gates;
  }

  /** Tells whether Keras has cuDNN compute it where there is a GPU. */
  public boolean isKerasOnGpu() {
    return this == LSTM || this == GRU;
  }

  /** Its name in TensorFlow's ops. */
  String rnnMode() {
    return rnnMode;
  }

  /**
   * The weights in cuDNN's layout. Where Keras has one bias, the other one is zero.
   *
   * @param kernel (features, gates * units)
   * @param recurrentKernel (units, gates * units)
   * @param bias as the layer has it
   * @return a vector, of plain ops
   */
  public Operand<TFloat32> parameters(
      Ops tf, Operand<TFloat32> kernel, Operand<TFloat32> recurrentKernel, Operand<TFloat32> bias) {
    return joined(tf, kernel, recurrentKernel, tf.stack(List.of(tf.zerosLike(bias), bias)));
  }

  /** Returns the bias of a layer that has none. */
  public Operand<TFloat32> noBias(Ops tf, int units) {
    return tf.zeros(tf.constant(new int[] {gates * units}), TFloat32.class);
  }

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
