package keras.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import keras.backend.LoopVariables;
import keras.backend.LoopVariables.ArrayKey;
import keras.backend.LoopVariables.TensorKey;
import keras.backend.Sizes;
import keras.backend.StepArray;
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

  /**
   * The parts of a timestep, each (batch, units), or of all timesteps, (timesteps, batch, units):
   * their values; or the gradients of what goes into their activations; or the factors that make
   * these gradients of the one of the output.
   */
  private record Parts(
      Operand<TFloat32> update,
      Operand<TFloat32> reset,
      Operand<TFloat32> recurrent,
      Operand<TFloat32> candidate,
      Operand<TFloat32> output) {

    static final int COUNT = 5;

    static Parts of(List<Operand<TFloat32>> list) {
      return new Parts(list.get(0), list.get(1), list.get(2), list.get(3), list.get(4));
    }

    List<Operand<TFloat32>> list() {
      return List.of(update, reset, recurrent, candidate, output);
    }

    Parts each(UnaryOperator<Operand<TFloat32>> change) {
      return of(list().stream().map(change).toList());
    }

    /** The parts of all timesteps, of those of each of them. */
    static Parts joined(
        List<Parts> steps, Function<List<Operand<TFloat32>>, Operand<TFloat32>> join) {
      List<Operand<TFloat32>> joined = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        int part = i;
        joined.add(join.apply(steps.stream().map(step -> step.list().get(part)).toList()));
      }
      return of(joined);
    }
  }

  /**
   * What the loop back gives.
   *
   * @param gradients of the parts, each (timesteps * batch, units)
   * @param start of the state at the start
   */
  private record Back(Parts gradients, Operand<TFloat32> start) {}

  private final Ops tf;
  private final Operand<TFloat32> x;
  private final Operand<TFloat32> kernel;
  private final Operand<TFloat32> recurrentKernel;
  private final Operand<TFloat32> bias;
  private final Operand<TFloat32> start;
  private final int units;

  /** The timesteps where they are written out, else null. */
  private final List<Parts> written;

  /** All timesteps together where they are looped over, else null. */
  private final Parts looped;

  private Operand<TFloat32> lastState;

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
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel,
      Operand<TFloat32> recurrentKernel,
      Operand<TFloat32> bias,
      Operand<TFloat32> start) {
    this.tf = tf;
    this.x = x;
    this.kernel = kernel;
    this.recurrentKernel = recurrentKernel;
    this.bias = bias;
    this.start = start;
    this.units = (int) recurrentKernel.shape().get(0);
    long timesteps = x.shape().get(0);
    boolean few = timesteps != Shape.UNKNOWN_SIZE && timesteps <= FusedLSTM.MOST_UNROLLED;
    this.written = few ? written((int) timesteps) : null;
    this.looped = few ? null : looped();
  }

  @Override
  public Operand<TFloat32> outputs() {
    return written == null
        ? looped.output()
        : tf.stack(written.stream().map(Parts::output).toList());
  }

  @Override
  public List<Operand<TFloat32>> lastStates() {
    return List.of(lastState);
  }

  // ---- forward

  private List<Parts> written(int timesteps) {
    List<Operand<TFloat32>> inputs = inputs();
    List<Operand<TFloat32>> gateInputs = steps(inputs.get(0), timesteps);
    List<Operand<TFloat32>> candidateInputs = steps(inputs.get(1), timesteps);
    Operand<TFloat32> added = bias == null ? null : biasRow(1);
    List<Parts> steps = new ArrayList<>();
    lastState = start;
    for (int t = 0; t < timesteps; t++) {
      steps.add(
          step(tf, gateInputs.get(t), candidateInputs.get(t), recurrentKernel, added, lastState));
      lastState = steps.get(t).output();
    }
    return steps;
  }

  private Parts looped() {
    Operand<TInt32> timesteps = Sizes.of(tf, x, 0);
    LoopVariables loop = new LoopVariables();
    List<ArrayKey<TFloat32>> inputs =
        inputs().stream().map(steps -> loop.add(array(steps))).toList();
    TensorKey<TFloat32> weights = loop.add(recurrentKernel);
    TensorKey<TFloat32> added = bias == null ? null : loop.add(biasRow(1));
    TensorKey<TFloat32> state = loop.add(start);
    List<ArrayKey<TFloat32>> values = addEmpty(loop, timesteps, Parts.COUNT);
    LoopVariables.Round end =
        loop.run(
            tf,
            timesteps,
            (ops, t, round) -> {
              Parts step =
                  step(
                      ops,
                      round.get(inputs.get(0)).read(ops, t),
                      round.get(inputs.get(1)).read(ops, t),
                      round.get(weights),
                      added == null ? null : round.get(added),
                      round.get(state));
              writeAll(ops, t, round, values, step.list());
              round.set(state, step.output());
            });
    lastState = tf.ensureShape(end.get(state), Shape.of(x.shape().get(1), units));
    return Parts.of(stackAll(end, timesteps, values));
  }

  /** The inputs' products, with their bias: of the two gates, and of the candidate. */
  private List<Operand<TFloat32>> inputs() {
    List<Operand<TFloat32>> kernels = gatesAndCandidate(tf, kernel, 1);
    List<Operand<TFloat32>> biases = bias == null ? null : gatesAndCandidate(tf, biasRow(0), 0);
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Operand<TFloat32> product = tf.linalg.matMul(rows(x, features()), kernels.get(i));
      if (biases != null) {
        product = tf.nn.biasAdd(product, biases.get(i));
      }
      inputs.add(tf.reshape(product, Shapes.of(tf, x, shape((2L - i) * units))));
    }
    return inputs;
  }

  private Parts step(
      Ops ops,
      Operand<TFloat32> gateInputs,
      Operand<TFloat32> candidateInput,
      Operand<TFloat32> weights,
      Operand<TFloat32> added,
      Operand<TFloat32> before) {
    Operand<TFloat32> product = ops.linalg.matMul(before, weights);
    List<Operand<TFloat32>> products =
        gatesAndCandidate(ops, added == null ? product : ops.nn.biasAdd(product, added), 1);
    Operand<TFloat32> gates = ops.math.sigmoid(ops.math.add(gateInputs, products.get(0)));
    List<? extends Operand<TFloat32>> both = ops.split(ops.constant(1), gates, 2L).output();
    Operand<TFloat32> update = both.get(0);
    Operand<TFloat32> reset = both.get(1);
    Operand<TFloat32> recurrent = products.get(1);
    Operand<TFloat32> candidate =
        ops.math.tanh(ops.math.add(candidateInput, ops.math.mul(reset, recurrent)));
    Operand<TFloat32> output =
        ops.math.add(candidate, ops.math.mul(update, ops.math.sub(before, candidate)));
    return new Parts(update, reset, recurrent, candidate, output);
  }

  // ---- back

  @Override
  public List<Operand<TFloat32>> backward(
      Operand<TFloat32> outputGradients,
      List<Operand<TFloat32>> lastGradients,
      boolean inputWanted) {
    Operand<TFloat32> befores = befores();
    Parts factors = factors(befores);
    Operand<TFloat32> last = lastGradients.get(0);
    Back back =
        written == null
            ? loopedBack(factors, outputGradients, last)
            : writtenBack(factors, outputGradients, last);
    Parts found = back.gradients();
    List<Operand<TFloat32>> ofInputs = List.of(found.update(), found.reset(), found.candidate());
    List<Operand<TFloat32>> ofState = List.of(found.update(), found.reset(), found.recurrent());
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    gradients.add(inputWanted ? inputGradient(ofInputs) : null);
    gradients.add(back.start());
    gradients.add(kernelGradient(rows(x, features()), ofInputs));
    gradients.add(kernelGradient(rows(befores, units), ofState));
    gradients.add(tf.stack(List.of(biasGradient(ofInputs), biasGradient(ofState))));
    return gradients;
  }

  /** What {@link #gradients} multiplies with, for all timesteps. */
  private Parts factors(Operand<TFloat32> befores) {
    Parts values = written == null ? looped : Parts.joined(written, tf::stack);
    Operand<TFloat32> fresh = tf.math.sub(tf.constant(1f), values.update());
    return new Parts(
        tf.math.sigmoidGrad(values.update(), tf.math.sub(befores, values.candidate())),
        tf.math.sigmoidGrad(values.reset(), values.recurrent()),
        values.reset(),
        tf.math.tanhGrad(values.candidate(), fresh),
        values.update());
  }

  /** The gradients of a timestep's parts; that of the output is the share that the state gets. */
  private static Parts gradients(Ops ops, Operand<TFloat32> output, Parts factors) {
    Operand<TFloat32> candidate = ops.math.mul(output, factors.candidate());
    return new Parts(
        ops.math.mul(output, factors.update()),
        ops.math.mul(candidate, factors.reset()),
        ops.math.mul(candidate, factors.recurrent()),
        candidate,
        ops.math.mul(output, factors.output()));
  }

  /** The gradient of the state before a timestep. */
  private Operand<TFloat32> stateGradient(
      Ops ops, Parts gradients, List<Operand<TFloat32>> kernels) {
    return ops.math.addN(
        List.of(
            gradients.output(),
            back(ops, gradients.update(), kernels.get(0)),
            back(ops, gradients.reset(), kernels.get(1)),
            back(ops, gradients.recurrent(), kernels.get(2))));
  }

  private Operand<TFloat32> back(Ops ops, Operand<TFloat32> gradient, Operand<TFloat32> weights) {
    return ops.linalg.matMul(gradient, weights, MatMul.transposeB(!transposesKernel()));
  }

  private Back writtenBack(
      Parts factors, Operand<TFloat32> outputGradients, Operand<TFloat32> last) {
    int timesteps = written.size();
    List<List<Operand<TFloat32>>> factorSteps =
        factors.list().stream().map(part -> steps(part, timesteps)).toList();
    List<Operand<TFloat32>> dys =
        outputGradients == null
            ? Collections.nCopies(timesteps, null)
            : steps(outputGradients, timesteps);
    List<Operand<TFloat32>> kernels = kernelsBack();
    List<Parts> found = new ArrayList<>();
    Operand<TFloat32> dh = last;
    for (int t = timesteps - 1; t >= 0; t--) {
      int now = t;
      Parts step = Parts.of(factorSteps.stream().map(steps -> steps.get(now)).toList());
      Parts gradients = gradients(tf, Recurrence.sum(tf, dys.get(t), dh), step);
      found.add(gradients);
      dh = stateGradient(tf, gradients, kernels);
    }
    Collections.reverse(found);
    return new Back(Parts.joined(found, steps -> Recurrence.rows(tf, steps)), dh);
  }

  private Back loopedBack(
      Parts factors, Operand<TFloat32> outputGradients, Operand<TFloat32> last) {
    Operand<TInt32> timesteps = Sizes.of(tf, x, 0);
    LoopVariables loop = new LoopVariables();
    TensorKey<TInt32> count = loop.add(timesteps);
    List<TensorKey<TFloat32>> kernels = loop.addAll(kernelsBack());
    TensorKey<TFloat32> dh = loop.add(last == null ? tf.zerosLike(start) : last);
    List<ArrayKey<TFloat32>> factorSteps =
        factors.list().stream().map(part -> loop.add(array(part))).toList();
    ArrayKey<TFloat32> dys = outputGradients == null ? null : loop.add(array(outputGradients));
    List<ArrayKey<TFloat32>> found = addEmpty(loop, timesteps, Parts.COUNT);
    LoopVariables.Round end =
        loop.run(
            tf,
            timesteps,
            (ops, r, round) -> {
              Operand<TInt32> t = ops.math.sub(ops.math.sub(round.get(count), ops.constant(1)), r);
              Operand<TFloat32> d = round.get(dh);
              if (dys != null) {
                d = ops.math.add(d, round.get(dys).read(ops, t));
              }
              Parts step =
                  Parts.of(factorSteps.stream().map(key -> round.get(key).read(ops, t)).toList());
              Parts gradients = gradients(ops, d, step);
              writeAll(ops, t, round, found, gradients.list());
              round.set(dh, stateGradient(ops, gradients, round.getAll(kernels)));
            });
    return new Back(
        Parts.of(stackAll(end, timesteps, found)).each(steps -> rows(steps, units)), end.get(dh));
  }

  /** The gates' recurrent kernels, transposed if there are many rows: see {@link FusedLSTM}. */
  private List<Operand<TFloat32>> kernelsBack() {
    if (!transposesKernel()) {
      return List.copyOf(tf.split(tf.constant(1), recurrentKernel, 3L).output());
    }
    Operand<TFloat32> gates = tf.reshape(recurrentKernel, tf.constant(new int[] {units, 3, units}));
    return steps(tf.linalg.transpose(gates, tf.constant(new int[] {1, 2, 0})), 3);
  }

  private boolean transposesKernel() {
    long rows = x.shape().get(1);
    return rows < 0 || rows > FusedLSTM.FEW_ROWS;
  }

  /** The states before all timesteps, (timesteps, batch, units). */
  private Operand<TFloat32> befores() {
    if (written != null) {
      List<Operand<TFloat32>> befores = new ArrayList<>(List.of(start));
      written.subList(0, written.size() - 1).forEach(step -> befores.add(step.output()));
      return tf.stack(befores);
    }
    Operand<TFloat32> butLast =
        tf.slice(
            looped.output(),
            tf.constant(new int[] {0, 0, 0}),
            tf.math.sub(tf.shape(looped.output()), tf.constant(new int[] {1, 0, 0})));
    return tf.concat(List.of(tf.expandDims(start, tf.constant(0)), butLast), tf.constant(0));
  }

  private Operand<TFloat32> inputGradient(List<Operand<TFloat32>> gates) {
    List<Operand<TFloat32>> kernels = List.copyOf(tf.split(tf.constant(1), kernel, 3L).output());
    List<Operand<TFloat32>> shares = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      shares.add(tf.linalg.matMul(gates.get(k), kernels.get(k), MatMul.transposeB(true)));
    }
    return tf.reshape(tf.math.addN(shares), tf.shape(x));
  }

  private Operand<TFloat32> kernelGradient(Operand<TFloat32> lefts, List<Operand<TFloat32>> gates) {
    return tf.concat(
        gates.stream().map(gate -> Recurrence.kernelGradient(tf, lefts, gate)).toList(),
        tf.constant(1));
  }

  private Operand<TFloat32> biasGradient(List<Operand<TFloat32>> gates) {
    return tf.concat(
        gates.stream().map(gate -> Recurrence.biasGradient(tf, gate)).toList(), tf.constant(0));
  }

  // ---- arrays and shapes

  private List<ArrayKey<TFloat32>> addEmpty(
      LoopVariables loop, Operand<TInt32> timesteps, int count) {
    List<ArrayKey<TFloat32>> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(loop.add(StepArray.empty(tf, timesteps, TFloat32.class)));
    }
    return keys;
  }

  private static void writeAll(
      Ops ops,
      Operand<TInt32> t,
      LoopVariables.Round round,
      List<ArrayKey<TFloat32>> keys,
      List<Operand<TFloat32>> values) {
    for (int i = 0; i < keys.size(); i++) {
      round.set(keys.get(i), round.get(keys.get(i)).write(ops, t, values.get(i)));
    }
  }

  private List<Operand<TFloat32>> stackAll(
      LoopVariables.Round end, Operand<TInt32> timesteps, List<ArrayKey<TFloat32>> keys) {
    return keys.stream().map(key -> end.get(key).stack(tf, timesteps, shape(units))).toList();
  }

  private StepArray<TFloat32> array(Operand<TFloat32> steps) {
    return StepArray.of(tf, TFloat32.class, steps);
  }

  private List<Operand<TFloat32>> steps(Operand<TFloat32> stacked, int timesteps) {
    return List.copyOf(tf.unstack(stacked, (long) timesteps, Unstack.axis(0L)).output());
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

  private long features() {
    return kernel.shape().get(0);
  }

  private Shape shape(long width) {
    return Shape.of(x.shape().get(0), x.shape().get(1), width);
  }

  private Operand<TFloat32> rows(Operand<TFloat32> steps, long width) {
    return tf.reshape(steps, tf.constant(new long[] {-1, width}));
  }
}
