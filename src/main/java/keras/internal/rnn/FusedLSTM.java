package keras.internal.rnn;

import java.util.ArrayList;
import java.util.List;
import keras.internal.graph.Dims;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * An LSTM with its usual activations and without masks: forward TensorFlow's fused op for all
 * timesteps, whatever their number; back over them {@link LSTMBackward}, then one product for each
 * gradient. Everything is time-major.
 *
 * <p>TensorFlow has a fused op for the whole backward pass as well. It takes the gradient of the
 * weights in every timestep and is three times slower than this.
 */
public final class FusedLSTM implements Recurrence {

  private final Ops tf;
  private final Operand<TFloat32> x;
  private final Operand<TFloat32> kernel;
  private final Operand<TFloat32> recurrentKernel;
  private final List<Operand<TFloat32>> states;
  private final Operation block;
  private final int units;

  /**
   * Adds the forward op.
   *
   * @param x (timesteps, batch, features)
   * @param kernel (features, 4 * units), gates in Keras's order i, f, c, o
   * @param recurrentKernel (units, 4 * units)
   * @param bias (4 * units)
   * @param kernels the one matrix that {@link #kernels} makes of the two
   * @param states h and c, each (batch, units)
   */
  public FusedLSTM(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel,
      Operand<TFloat32> recurrentKernel,
      Operand<TFloat32> bias,
      Operand<TFloat32> kernels,
      List<Operand<TFloat32>> states) {
    this.tf = tf;
    this.x = x;
    this.kernel = kernel;
    this.recurrentKernel = recurrentKernel;
    this.states = states;
    this.units = (int) recurrentKernel.shape().get(0);
    Operand<TFloat32> peephole = tf.zeros(tf.constant(new long[] {units}), TFloat32.class);
    Operand<TInt64> timesteps =
        x.shape().get(0) == Shape.UNKNOWN_SIZE
            ? tf.dtypes.cast(Dims.of(tf, x, 0), TInt64.class)
            : tf.constant(x.shape().get(0));
    block =
        tf.scope()
            .opBuilder("BlockLSTMV2", "BlockLSTM")
            .addInput(timesteps.asOutput())
            .addInput((isPadded(x) ? padded(x) : x).asOutput())
            .addInput(states.get(1).asOutput())
            .addInput(states.get(0).asOutput())
            .addInput(kernels.asOutput())
            .addInput(peephole.asOutput())
            .addInput(peephole.asOutput())
            .addInput(peephole.asOutput())
            .addInput(bias.asOutput())
            .setAttr("cell_clip", -1f)
            .setAttr("use_peephole", false)
            .build();
  }

  /**
   * Returns the two kernels as the op wants them, one below the other.
   *
   * @param padded whether the input {@link #isPadded}
   * @param kernel (features, 4 * units)
   * @param recurrentKernel (units, 4 * units)
   */
  public static Operand<TFloat32> kernels(
      Ops tf, boolean padded, Operand<TFloat32> kernel, Operand<TFloat32> recurrentKernel) {
    List<Operand<TFloat32>> parts = new ArrayList<>(List.of(kernel, recurrentKernel));
    if (padded) {
      Operand<TInt64> size = tf.constant(new long[] {1, kernel.shape().get(1)});
      parts.add(1, tf.zeros(size, TFloat32.class));
    }
    return tf.concat(parts, tf.constant(0));
  }

  /**
   * Tells whether the op is given one more feature, which is zero: for an odd batch and odd
   * features it prints a warning.
   *
   * @param x (timesteps, batch, features)
   */
  public static boolean isPadded(Operand<TFloat32> x) {
    return isOdd(x.shape().get(1)) && isOdd(x.shape().get(2));
  }

  /** Whether a size is or may be odd. */
  private static boolean isOdd(long size) {
    return size == Shape.UNKNOWN_SIZE || size % 2 == 1;
  }

  /** Returns the input with one more feature, which is zero. */
  private Operand<TFloat32> padded(Operand<TFloat32> steps) {
    return tf.pad(steps, tf.constant(new int[][] {{0, 0}, {0, 0}, {0, 1}}), tf.constant(0f));
  }

  @Override
  public Operand<TFloat32> outputs() {
    return block.output(6);
  }

  private Operand<TFloat32> carries() {
    return block.output(1);
  }

  @Override
  public List<Operand<TFloat32>> lastStates() {
    return List.of(last(outputs()), last(carries()));
  }

  private Operand<TFloat32> last(Operand<TFloat32> steps) {
    long timesteps = x.shape().get(0);
    if (timesteps == Shape.UNKNOWN_SIZE) {
      return tf.stridedSlice(steps, Indices.at(-1));
    }
    int[] from = {(int) timesteps - 1, 0, 0};
    Operand<TFloat32> last = tf.slice(steps, tf.constant(from), tf.constant(new int[] {1, -1, -1}));
    return tf.reshape(last, tf.constant(new int[] {-1, units}));
  }

  @Override
  public List<Operand<TFloat32>> backward(
      Operand<TFloat32> outputGradients,
      List<Operand<TFloat32>> lastGradients,
      boolean inputWanted) {
    StateProduct product =
        new StateProduct(List.of(recurrentKernel), null, List.of(), x.shape().get(1));
    Operand<TFloat32> carriesBefore = Timesteps.before(tf, states.get(1), carries());
    List<Operand<TFloat32>> left =
        List.of(
            block.output(0),
            block.output(2),
            block.output(3),
            block.output(4),
            block.output(5),
            carriesBefore);
    BackwardPass.Gradients found =
        new BackwardPass(tf, FusedLSTM::cellBackward, List.of(product), false)
            .gradients(left, outputGradients, states, lastGradients);
    Operand<TFloat32> gates = Timesteps.rows(tf, found.inputs());
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    gradients.add(
        inputWanted
            ? tf.reshape(tf.linalg.matMul(gates, kernel, MatMul.transposeB(true)), tf.shape(x))
            : null);
    gradients.addAll(found.start());
    gradients.add(Timesteps.kernelGradient(tf, Timesteps.rows(tf, x), gates));
    gradients.addAll(
        product.gradients(
            tf, Timesteps.before(tf, states.get(0), outputs()), found.products().get(0)));
    gradients.add(Timesteps.biasGradient(tf, gates));
    return gradients;
  }

  /** From what the op leaves: i, f, o, the candidate, tanh of c, and the c before. */
  private static FormulaBackward cellBackward(
      Ops ops, List<Operand<TFloat32>> sequences, List<List<Operand<TFloat32>>> operands) {
    List<Operand<TFloat32>> rows =
        sequences.stream().map(sequence -> Timesteps.rows(ops, sequence)).toList();
    Operand<TFloat32> i = rows.get(0);
    Operand<TFloat32> f = rows.get(1);
    Operand<TFloat32> o = rows.get(2);
    Operand<TFloat32> g = rows.get(3);
    Operand<TFloat32> cOut = rows.get(4);
    return new LSTMBackward(
        ops.math.tanhGrad(cOut, o),
        ops.concat(
            List.of(
                ops.math.sigmoidGrad(i, g),
                ops.math.sigmoidGrad(f, rows.get(5)),
                ops.math.tanhGrad(g, i),
                ops.math.sigmoidGrad(o, cOut)),
            ops.constant(1)),
        f);
  }
}
