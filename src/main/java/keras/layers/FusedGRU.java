package keras.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import keras.backend.Tape;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A GRU with its usual activations, with the reset gate after the product and without masks, in few
 * ops a timestep; TensorFlow has no fused one for it. Everything is time-major.
 *
 * <pre>
 * update = σ(x·K + h·U)
 * reset = σ(x·K + h·U)
 * recurrent = h·U
 * candidate = tanh(x·K + reset * recurrent)
 * output = candidate + update * (h - candidate)      the next h
 * </pre>
 *
 * <p>On the way back, what the gradient of an output is to be multiplied with is fixed beforehand.
 * These factors are made for all timesteps at once; the loop does only what depends on the timestep
 * after it.
 */
final class FusedGRU implements FusedRecurrence {

  private static final int FEW_ROWS = 8;

  /**
   * The parts of a timestep, each (batch, units), or of all timesteps, (timesteps, batch, units):
   * their values; or the gradients of what goes into their activations; or the factors that make
   * these gradients of the one of the output.
   */
  private record Parts(
      Operand<TFloat32> output,
      Operand<TFloat32> update,
      Operand<TFloat32> reset,
      Operand<TFloat32> recurrent,
      Operand<TFloat32> candidate) {

    static final int COUNT = 5;

    static Parts of(List<Operand<TFloat32>> list) {
      return new Parts(list.get(0), list.get(1), list.get(2), list.get(3), list.get(4));
    }

    List<Operand<TFloat32>> list() {
      return List.of(output, update, reset, recurrent, candidate);
    }
  }

  private final Ops tf;
  private final Operand<TFloat32> x;
  private final Operand<TFloat32> kernel;
  private final Operand<TFloat32> recurrentKernel;
  private final Operand<TFloat32> bias;
  private final Operand<TFloat32> start;
  private final int units;
  private final boolean transposesKernel;
  private final List<Operand<TFloat32>> made;
  private final Operand<TFloat32> last;

  /**
   * Adds the way forward.
   *
   * @param x (timesteps, batch, features)
   * @param kernel (features, 3 * units), gates in Keras's order z, r, h
   * @param recurrentKernel (units, 3 * units)
   * @param bias (2, 3 * units), the inputs' and the state's; null for none
   * @param start the state, (batch, units)
   */
  FusedGRU(
      Tape tape,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel,
      Operand<TFloat32> recurrentKernel,
      Operand<TFloat32> bias,
      Operand<TFloat32> start) {
    this.tf = tape.tf();
    this.x = x;
    this.kernel = kernel;
    this.recurrentKernel = recurrentKernel;
    this.bias = bias;
    this.start = start;
    this.units = (int) recurrentKernel.shape().get(0);
    long rows = x.shape().get(1);
    this.transposesKernel = rows < 0 || rows > FEW_ROWS;
    List<Operand<TFloat32>> same =
        bias == null ? List.of(recurrentKernel) : List.of(recurrentKernel, biasRow(1));
    List<Long> widths = Collections.nCopies(tape.training() ? Parts.COUNT : 1, (long) units);
    Chunks.Result forward =
        new Chunks(tf, false, same, widths, this::steps).over(inputs(), List.of(start));
    this.made = forward.made().stream().map(this::sequence).toList();
    this.last = tf.ensureShape(forward.states().get(0), Shape.of(rows, units));
  }

  @Override
  public Operand<TFloat32> outputs() {
    return made.get(0);
  }

  @Override
  public List<Operand<TFloat32>> lastStates() {
    return List.of(last);
  }

  // ---- forward

  /** The inputs' products, with their bias: of the two gates, and of the candidate. */
  private List<Operand<TFloat32>> inputs() {
    List<Operand<TFloat32>> kernels = gatesAndCandidate(tf, kernel, 1);
    List<Operand<TFloat32>> biases = bias == null ? null : gatesAndCandidate(tf, biasRow(0), 0);
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Operand<TFloat32> product = tf.linalg.matMul(rows(x), kernels.get(i));
      if (biases != null) {
        product = tf.nn.biasAdd(product, biases.get(i));
      }
      Shape shape = Shape.of(x.shape().get(0), x.shape().get(1), (2L - i) * units);
      inputs.add(tf.reshape(product, Shapes.of(tf, x, shape)));
    }
    return inputs;
  }

  /**
   * Some timesteps, given the {@link #inputs}, the recurrent kernel and its bias if there is one.
   */
  private Chunks.Result steps(
      Ops ops,
      List<List<Operand<TFloat32>>> inputs,
      List<Operand<TFloat32>> same,
      List<Operand<TFloat32>> states) {
    List<Parts> done = new ArrayList<>();
    Operand<TFloat32> h = states.get(0);
    for (int t = 0; t < inputs.get(0).size(); t++) {
      Operand<TFloat32> product = ops.linalg.matMul(h, same.get(0));
      if (same.size() > 1) {
        product = ops.nn.biasAdd(product, same.get(1));
      }
      done.add(step(ops, inputs.get(0).get(t), inputs.get(1).get(t), product, h));
      h = done.get(t).output();
    }
    return new Chunks.Result(joined(ops, done), List.of(h));
  }

  private Parts step(
      Ops ops,
      Operand<TFloat32> gateInputs,
      Operand<TFloat32> candidateInput,
      Operand<TFloat32> product,
      Operand<TFloat32> h) {
    List<Operand<TFloat32>> products = gatesAndCandidate(ops, product, 1);
    Operand<TFloat32> gates = ops.math.sigmoid(ops.math.add(gateInputs, products.get(0)));
    List<? extends Operand<TFloat32>> both = ops.split(ops.constant(1), gates, 2L).output();
    Operand<TFloat32> update = both.get(0);
    Operand<TFloat32> reset = both.get(1);
    Operand<TFloat32> recurrent = products.get(1);
    Operand<TFloat32> candidate =
        ops.math.tanh(ops.math.add(candidateInput, ops.math.mul(reset, recurrent)));
    Operand<TFloat32> output =
        ops.math.add(candidate, ops.math.mul(update, ops.math.sub(h, candidate)));
    return new Parts(output, update, reset, recurrent, candidate);
  }

  // ---- back

  @Override
  public List<Operand<TFloat32>> backward(
      Operand<TFloat32> outputGradients,
      List<Operand<TFloat32>> lastGradients,
      boolean inputWanted) {
    Parts values = Parts.of(made);
    Operand<TFloat32> before = FusedLSTMBackward.before(tf, start, values.output());
    List<Operand<TFloat32>> sequences = new ArrayList<>(factors(values, before).list());
    if (outputGradients != null) {
      sequences.add(outputGradients);
    }
    Operand<TFloat32> lastGradient =
        lastGradients.get(0) == null ? tf.zerosLike(start) : lastGradients.get(0);
    Chunks.Result back =
        new Chunks(
                tf,
                true,
                kernelsBack(),
                Collections.nCopies(Parts.COUNT, (long) units),
                this::stepsBack)
            .over(sequences, List.of(lastGradient));
    Parts found = Parts.of(back.made());
    Operand<TFloat32> ofInputs =
        tf.concat(List.of(found.update(), found.reset(), found.candidate()), tf.constant(1));
    Operand<TFloat32> ofState =
        tf.concat(List.of(found.update(), found.reset(), found.recurrent()), tf.constant(1));
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    gradients.add(
        inputWanted
            ? tf.reshape(tf.linalg.matMul(ofInputs, kernel, MatMul.transposeB(true)), tf.shape(x))
            : null);
    gradients.add(back.states().get(0));
    gradients.add(Recurrence.kernelGradient(tf, rows(x), ofInputs));
    gradients.add(Recurrence.kernelGradient(tf, rows(before), ofState));
    gradients.add(
        tf.stack(
            List.of(Recurrence.biasGradient(tf, ofInputs), Recurrence.biasGradient(tf, ofState))));
    return gradients;
  }

  /** What {@link #gradients} multiplies with, for all timesteps. */
  private Parts factors(Parts values, Operand<TFloat32> before) {
    Operand<TFloat32> update = values.update();
    Operand<TFloat32> candidate = values.candidate();
    return new Parts(
        update,
        tf.math.sigmoidGrad(update, tf.math.sub(before, candidate)),
        tf.math.sigmoidGrad(values.reset(), values.recurrent()),
        values.reset(),
        tf.math.tanhGrad(candidate, tf.math.sub(tf.constant(1f), update)));
  }

  /** The gradients of a timestep's parts; that of the output is the share that goes on as it is. */
  private static Parts gradients(Ops ops, Operand<TFloat32> output, Parts factors) {
    Operand<TFloat32> candidate = ops.math.mul(output, factors.candidate());
    return new Parts(
        ops.math.mul(output, factors.output()),
        ops.math.mul(output, factors.update()),
        ops.math.mul(candidate, factors.reset()),
        ops.math.mul(candidate, factors.recurrent()),
        candidate);
  }

  /** Some timesteps, given the {@link #factors}, the outputs' gradients and the kernels. */
  private Chunks.Result stepsBack(
      Ops ops,
      List<List<Operand<TFloat32>>> steps,
      List<Operand<TFloat32>> kernels,
      List<Operand<TFloat32>> states) {
    List<Parts> done = new ArrayList<>();
    Operand<TFloat32> dh = states.get(0);
    for (int t = steps.get(0).size() - 1; t >= 0; t--) {
      int now = t;
      List<Operand<TFloat32>> step = steps.stream().map(each -> each.get(now)).toList();
      boolean last = step.size() == Parts.COUNT; // the output of the last timestep alone counts
      Operand<TFloat32> output = last ? dh : ops.math.add(step.get(Parts.COUNT), dh);
      Parts gradients = gradients(ops, output, Parts.of(step));
      done.add(gradients);
      dh =
          ops.math.addN(
              List.of(
                  gradients.output(),
                  back(ops, gradients.update(), kernels.get(0)),
                  back(ops, gradients.reset(), kernels.get(1)),
                  back(ops, gradients.recurrent(), kernels.get(2))));
    }
    Collections.reverse(done);
    return new Chunks.Result(joined(ops, done), List.of(dh));
  }

  private Operand<TFloat32> back(Ops ops, Operand<TFloat32> gradient, Operand<TFloat32> weights) {
    return ops.linalg.matMul(gradient, weights, MatMul.transposeB(!transposesKernel));
  }

  /** The gates' recurrent kernels, transposed if there are more than a few rows to multiply. */
  private List<Operand<TFloat32>> kernelsBack() {
    if (!transposesKernel) {
      return List.copyOf(tf.split(tf.constant(1), recurrentKernel, 3L).output());
    }
    Operand<TFloat32> gates = tf.reshape(recurrentKernel, tf.constant(new int[] {units, 3, units}));
    return List.copyOf(
        tf.unstack(
                tf.linalg.transpose(gates, tf.constant(new int[] {1, 2, 0})), 3L, Unstack.axis(0L))
            .output());
  }

  // ---- shapes

  /** Each part of some timesteps, one timestep's rows below the other's. */
  private static List<Operand<TFloat32>> joined(Ops ops, List<Parts> steps) {
    List<Operand<TFloat32>> joined = new ArrayList<>();
    for (int i = 0; i < Parts.COUNT; i++) {
      int part = i;
      joined.add(Recurrence.rows(ops, steps.stream().map(step -> step.list().get(part)).toList()));
    }
    return joined;
  }

  /**
   * Splits (..., 3 * units) into the update and the reset gate, side by side, and the candidate.
   */
  private List<Operand<TFloat32>> gatesAndCandidate(Ops ops, Operand<TFloat32> whole, int axis) {
    Operand<TInt32> sizes = ops.constant(new int[] {2 * units, units});
    return List.copyOf(ops.splitV(whole, sizes, ops.constant(axis), 2L).output());
  }

  private Operand<TFloat32> biasRow(int row) {
    return tf.reshape(
        tf.slice(bias, tf.constant(new int[] {row, 0}), tf.constant(new int[] {1, -1})),
        tf.constant(new int[] {-1}));
  }

  /** From (timesteps * batch, units) to (timesteps, batch, units). */
  private Operand<TFloat32> sequence(Operand<TFloat32> rows) {
    Shape shape = Shape.of(x.shape().get(0), x.shape().get(1), units);
    return tf.reshape(rows, Shapes.of(tf, x, shape));
  }

  /** From (timesteps, batch, width) to (timesteps * batch, width). */
  private Operand<TFloat32> rows(Operand<TFloat32> sequence) {
    return tf.reshape(sequence, tf.constant(new long[] {-1, sequence.shape().get(2)}));
  }
}
