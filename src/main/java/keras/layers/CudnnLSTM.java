package keras.layers;

import java.util.ArrayList;
import java.util.List;
import keras.backend.Sizes;
import keras.backend.Tape;
import keras.backend.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.nn.CudnnRNN;
import org.tensorflow.op.nn.CudnnRNNBackprop;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An LSTM with its usual activations, with a bias and without masks, over NVIDIA's cuDNN: all
 * timesteps forward in one op, and all of them back in another. Everything is time-major.
 *
 * <p>The ops run on GPUs only. They know neither the gradient nor the layout of Keras's weights:
 * see {@link #parameters}.
 */
final class CudnnLSTM {

  private static final String MODE = "lstm";

  private final Ops tf;
  private final Operand<TFloat32> x;
  private final List<Operand<TFloat32>> states = new ArrayList<>();
  private final Operand<TFloat32> parameters;
  private final Operand<TInt32> lengths;
  private final CudnnRNN<TFloat32> forward;

  /**
   * Adds the forward op.
   *
   * @param x (timesteps, batch, features)
   * @param start h and c, each (batch, units)
   * @param parameters as {@link #parameters} makes them
   * @param training whether {@link #backward} will be called
   */
  private CudnnLSTM(
      Ops tf,
      Operand<TFloat32> x,
      List<Operand<TFloat32>> start,
      Operand<TFloat32> parameters,
      boolean training) {
    this.tf = tf;
    this.x = x;
    this.parameters = parameters;
    start.forEach(state -> states.add(asLayer(state)));
    this.lengths =
        tf.fill(tf.stack(List.of(Sizes.of(tf, x, 1))), Sizes.of(tf, x, 0)); // no sequence is short
    this.forward =
        tf.nn.cudnnRNN(
            x,
            states.get(0),
            states.get(1),
            parameters,
            lengths,
            CudnnRNN.rnnMode(MODE),
            CudnnRNN.isTraining(training),
            CudnnRNN.timeMajor(true));
  }

  /**
   * Adds an LSTM and records its way back.
   *
   * @param x (timesteps, batch, features)
   * @param start h and c, each (batch, units)
   * @return the output, (timesteps, batch, units) or the last timestep's (batch, units), then the
   *     last h and c
   */
  static List<Operand<TFloat32>> outputs(
      Tape tape,
      Operand<TFloat32> x,
      List<Operand<TFloat32>> start,
      Variable kernel,
      Variable recurrentKernel,
      Variable bias,
      boolean returnSequences) {
    Ops tf = tape.tf();
    Operand<TFloat32> parameters =
        tape.ops(
                List.of(),
                (call, none) ->
                    List.of(
                        parameters(
                            tf,
                            call.weight(kernel),
                            call.weight(recurrentKernel),
                            call.weight(bias))))
            .get(0)
            .tensor();
    CudnnLSTM lstm = new CudnnLSTM(tf, x, start, parameters, tape.training());
    Operand<TFloat32> h = lstm.asState(lstm.forward.outputH());
    Operand<TFloat32> c = lstm.asState(lstm.forward.outputC());
    List<Operand<TFloat32>> inputs = new ArrayList<>(List.of(x));
    inputs.addAll(start);
    inputs.add(parameters);
    List<Operand<TFloat32>> outputs =
        List.of(returnSequences ? lstm.forward.output() : tf.identity(h), h, c);
    tape.record(
        inputs,
        List.of(),
        outputs,
        gradients ->
            returnSequences
                ? lstm.backward(gradients.get(0), gradients.get(1), gradients.get(2))
                : lstm.backward(
                    null,
                    Recurrence.sum(tf, gradients.get(0), gradients.get(1)),
                    gradients.get(2)));
    return outputs;
  }

  /**
   * The weights in cuDNN's layout: one vector of the gates' kernels, then their recurrent kernels,
   * each transposed; then two biases for each gate, which cuDNN adds up. Keras has one; the other
   * is zero. The order of the gates is the same, i, f, c, o.
   *
   * @param kernel (features, 4 * units)
   * @param recurrentKernel (units, 4 * units)
   * @param bias (4 * units)
   */
  static Operand<TFloat32> parameters(
      Ops tf, Operand<TFloat32> kernel, Operand<TFloat32> recurrentKernel, Operand<TFloat32> bias) {
    return tf.concat(
        List.of(transposed(tf, kernel), transposed(tf, recurrentKernel), tf.zerosLike(bias), bias),
        tf.constant(0));
  }

  /** The rows of the transposed matrix, one after another: gate by gate, as gates are columns. */
  private static Operand<TFloat32> transposed(Ops tf, Operand<TFloat32> matrix) {
    return tf.reshape(
        tf.linalg.transpose(matrix, tf.constant(new int[] {1, 0})), tf.constant(new int[] {-1}));
  }

  /**
   * Adds the way back.
   *
   * @param outputs the gradient of the outputs, or null
   * @param h that of the last h, or null
   * @param c that of the last c, or null
   * @return the gradients of x, of h and c at the start, and of the parameters
   */
  private List<Operand<TFloat32>> backward(
      Operand<TFloat32> outputs, Operand<TFloat32> h, Operand<TFloat32> c) {
    CudnnRNNBackprop<TFloat32> back =
        tf.nn.cudnnRNNBackprop(
            x,
            states.get(0),
            states.get(1),
            parameters,
            lengths,
            forward.output(),
            forward.outputH(),
            forward.outputC(),
            outputs == null ? tf.zerosLike(forward.output()) : outputs,
            h == null ? tf.zerosLike(forward.outputH()) : asLayer(h),
            c == null ? tf.zerosLike(forward.outputC()) : asLayer(c),
            forward.reserveSpace(),
            forward.hostReserved(),
            CudnnRNNBackprop.rnnMode(MODE),
            CudnnRNNBackprop.timeMajor(true));
    return List.of(
        back.inputBackprop(),
        asState(back.inputHBackprop()),
        asState(back.inputCBackprop()),
        back.paramsBackprop());
  }

  /** From (batch, units) to (layers, batch, units): cuDNN can stack several layers. */
  private Operand<TFloat32> asLayer(Operand<TFloat32> state) {
    return tf.expandDims(state, tf.constant(0));
  }

  private Operand<TFloat32> asState(Operand<TFloat32> layers) {
    return tf.squeeze(layers, Squeeze.axis(List.of(0L)));
  }
}
