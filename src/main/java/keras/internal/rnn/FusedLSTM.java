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

  private static final long GATES = 4;

  private final Ops tf;
  private final Operand<TFloat32> x;
  private final Operand<TFloat32> kernel;
  private final Operand<TFloat32> recurrentKernel;
  private final List<Operand<TFloat32>> states;
  private final Operation block;
  private final int units;
  private final boolean hasOneMoreUnit;

  /**
   * Adds the forward op.
   *
   * @param x (timesteps, batch, features)
   * @param kernel (features, 4 * units), gates in Keras's order i, f, c, o
   * @param recurrentKernel (units, 4 * units)
   * @param prepared what {@link #prepared} makes of the weights
   * @param states h and c, each (batch, units)
   */
  public FusedLSTM(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel,
      Operand<TFloat32> recurrentKernel,
      List<Operand<TFloat32>> prepared,
      List<Operand<TFloat32>> states) {
    this.tf = tf;
    this.x = x;
    this.kernel = kernel;
    this.recurrentKernel = recurrentKernel;
    this.states = states;
    this.units = (int) recurrentKernel.shape().get(0);
    this.hasOneMoreUnit = hasOneMoreUnit(x, units);
    long width = hasOneMoreUnit ? units + 1L : units;
    Operand<TFloat32> peephole = tf.zeros(tf.constant(new long[] {width}), TFloat32.class);
    Operand<TInt64> timesteps =
        x.shape().get(0) == Shape.UNKNOWN_SIZE
            ? tf.dtypes.cast(Dims.of(tf, x, 0), TInt64.class)
            : tf.constant(x.shape().get(0));
    block =
        tf.scope()
            .opBuilder("BlockLSTMV2", "BlockLSTM")
            .addInput(timesteps.asOutput())
            .addInput((hasOneMoreFeature(x) ? withOneMore(tf, x) : x).asOutput())
            .addInput(state(1).asOutput())
            .addInput(state(0).asOutput())
            .addInput(prepared.get(0).asOutput())
            .addInput(peephole.asOutput())
            .addInput(peephole.asOutput())
            .addInput(peephole.asOutput())
            .addInput(prepared.get(1).asOutput())
            .setAttr("cell_clip", -1f)
            .setAttr("use_peephole", false)
            .build();
  }

  /**
   * Returns the weights as the op wants them: the two kernels one below the other, and the bias.
   * For an odd batch the op prints a warning at every run if there are odd features or odd units as
   * well, and so is given one more, which is zero.
   *
   * @param x the input that they are for
   * @param kernel (features, 4 * units)
   * @param recurrentKernel (units, 4 * units)
   * @param bias (4 * units), or null for none
   */
  public static List<Operand<TFloat32>> prepared(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel,
      Operand<TFloat32> recurrentKernel,
      Operand<TFloat32> bias) {
    long gates = kernel.shape().get(1);
    List<Operand<TFloat32>> parts = new ArrayList<>(List.of(kernel, recurrentKernel));
    if (hasOneMoreFeature(x)) {
      parts.add(1, tf.zeros(tf.constant(new long[] {1, gates}), TFloat32.class));
    }
    Operand<TFloat32> offset =
        bias == null ? tf.zeros(tf.constant(new long[] {gates}), TFloat32.class) : bias;
    if (!hasOneMoreUnit(x, (int) recurrentKernel.shape().get(0))) {
      return List.of(tf.concat(parts, tf.constant(0)), offset);
    }
    parts.add(tf.zeros(tf.constant(new long[] {1, gates}), TFloat32.class));
    return List.of(
        withOneMoreUnit(tf, tf.concat(parts, tf.constant(0))), withOneMoreUnit(tf, offset));
  }

  /** Returns a tensor with a zero after the units of each gate, in its last dimension. */
  private static Operand<TFloat32> withOneMoreUnit(Ops tf, Operand<TFloat32> gates) {
    Shape shape = gates.shape();
    Shape before = shape.take(shape.numDimensions() - 1);
    long units = shape.get(-1) / GATES;
    Operand<TFloat32> apart =
        tf.reshape(gates, tf.constant(before.append(GATES).append(units).asArray()));
    return tf.reshape(
        withOneMore(tf, apart), tf.constant(before.append(GATES * (units + 1)).asArray()));
  }

  /** Returns a tensor with a zero at the end of the last dimension. */
  private static Operand<TFloat32> withOneMore(Ops tf, Operand<TFloat32> x) {
    int[][] paddings = new int[x.shape().numDimensions()][2];
    paddings[paddings.length - 1][1] = 1;
    return tf.pad(x, tf.constant(paddings), tf.constant(0f));
  }

  private static boolean hasOneMoreFeature(Operand<TFloat32> x) {
    return isOdd(x.shape().get(1)) && isOdd(x.shape().get(2));
  }

  private static boolean hasOneMoreUnit(Operand<TFloat32> x, int units) {
    return isOdd(x.shape().get(1)) && isOdd(units);
  }

  /**
   * Tells how the weights are prepared, which depends on the input.
   *
   * @param x (timesteps, batch, features)
   */
  public static String preparation(Operand<TFloat32> x, int units) {
    return "kernels"
        + (hasOneMoreFeature(x) ? ", one more feature" : "")
        + (hasOneMoreUnit(x, units) ? ", one more unit" : "");
  }

  /** Whether a size is or may be odd. */
  private static boolean isOdd(long size) {
    return size == Shape.UNKNOWN_SIZE || size % 2 == 1;
  }

  private Operand<TFloat32> state(int index) {
    return hasOneMoreUnit ? withOneMore(tf, states.get(index)) : states.get(index);
  }

  /** Returns one of the op's outputs, (timesteps, batch, units). */
  private Operand<TFloat32> output(int index) {
    Operand<TFloat32> whole = block.output(index);
    int[] sizes = {-1, -1, units};
    return hasOneMoreUnit
        ? tf.slice(whole, tf.constant(new int[sizes.length]), tf.constant(sizes))
        : whole;
  }

  @Override
  public Operand<TFloat32> outputs() {
    return output(6);
  }

  private Operand<TFloat32> carries() {
    return output(1);
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
        List.of(output(0), output(2), output(3), output(4), output(5), carriesBefore);
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
