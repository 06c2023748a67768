package keras.internal.rnn;

import java.util.ArrayList;
import java.util.List;
import keras.internal.graph.Dims;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.nn.CudnnRNN;
import org.tensorflow.op.nn.CudnnRNNBackprop;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An LSTM or a GRU with its usual activations, with a bias and without masks, over NVIDIA's cuDNN:
 * all timesteps forward in one op, and all of them back in another. Everything is time-major.
 *
 * <p>The ops run on GPUs only. They take the weights in a layout of their own, as one vector: see
 * {@link CudnnMode#parameters}.
 */
public final class CudnnRecurrence implements Recurrence {

  private final Ops tf;
  private final CudnnMode mode;
  private final Operand<TFloat32> x;
  private final Operand<TFloat32> h;
  private final Operand<TFloat32> c;
  private final boolean carries;
  private final Operand<TFloat32> parameters;
  private final Operand<TInt32> lengths;
  private final CudnnRNN<TFloat32> forward;

  /**
   * Adds the forward op.
   *
   * @param x (timesteps, batch, features)
   * @param start h, and c of an LSTM, each (batch, units)
   * @param parameters as {@link CudnnMode#parameters} makes them
   * @param training whether {@link #backward} will be called
   */
  public CudnnRecurrence(
      Ops tf,
      CudnnMode mode,
      Operand<TFloat32> x,
      List<Operand<TFloat32>> start,
      Operand<TFloat32> parameters,
      boolean training) {
    this.tf = tf;
    this.mode = mode;
    this.x = x;
    this.parameters = parameters;
    this.h = asLayer(start.get(0));
    this.carries = start.size() > 1;
    this.c = carries ? asLayer(start.get(1)) : tf.constant(0f); // the op wants something there
    this.lengths =
        tf.fill(tf.stack(List.of(Dims.of(tf, x, 1))), Dims.of(tf, x, 0)); // no sequence is short
    this.forward =
        tf.nn.cudnnRNN(
            x,
            h,
            c,
            parameters,
            lengths,
            CudnnRNN.rnnMode(mode.rnnMode()),
            CudnnRNN.isTraining(training),
            CudnnRNN.timeMajor(true));
  }

  @Override
  public Operand<TFloat32> outputs() {
    return forward.output();
  }

  @Override
  public List<Operand<TFloat32>> lastStates() {
    return states(forward.outputH(), forward.outputC());
  }

  @Override
  public List<Operand<TFloat32>> backward(
      Operand<TFloat32> outputGradients,
      List<Operand<TFloat32>> lastGradients,
      boolean inputWanted) {
    Operand<TFloat32> lastH = lastGradients.get(0);
    Operand<TFloat32> lastC = carries ? lastGradients.get(1) : null;
    CudnnRNNBackprop<TFloat32> back =
        tf.nn.cudnnRNNBackprop(
            x,
            h,
            c,
            parameters,
            lengths,
            forward.output(),
            forward.outputH(),
            forward.outputC(),
            outputGradients == null ? tf.zerosLike(forward.output()) : outputGradients,
            lastH == null ? tf.zerosLike(forward.outputH()) : asLayer(lastH),
            lastC == null ? tf.zerosLike(forward.outputC()) : asLayer(lastC),
            forward.reserveSpace(),
            forward.hostReserved(),
            CudnnRNNBackprop.rnnMode(mode.rnnMode()),
            CudnnRNNBackprop.timeMajor(true));
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    gradients.add(inputWanted ? back.inputBackprop() : null);
    gradients.addAll(states(back.inputHBackprop(), back.inputCBackprop()));
    gradients.add(back.paramsBackprop());
    return gradients;
  }

  /** Of a GRU, what the ops give for c means nothing. */
  private List<Operand<TFloat32>> states(Operand<TFloat32> ofH, Operand<TFloat32> ofC) {
    return carries ? List.of(asState(ofH), asState(ofC)) : List.of(asState(ofH));
  }

  /** From (batch, units) to (layers, batch, units): cuDNN can stack several layers. */
  private Operand<TFloat32> asLayer(Operand<TFloat32> state) {
    return tf.expandDims(state, tf.constant(0));
  }

  private Operand<TFloat32> asState(Operand<TFloat32> layers) {
    return tf.squeeze(layers, Squeeze.axis(List.of(0L)));
  }
}
