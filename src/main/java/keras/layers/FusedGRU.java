package keras.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
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
 * z, r = σ(x·K + h·U)           the update and the reset gate
 * c = tanh(x·K + r * (h·U))     the candidate
 * h = c + z * (h - c)
 * </pre>
 *
 * <p>On the way back, the gradients of a timestep's products are that of its output times factors
 * that the way forward has fixed. These are made for all timesteps at once, before the loop.
 */
final class FusedGRU implements FusedRecurrence {

  /**
   * What a timestep gives, each (batch, units), or all of them, (timesteps, batch, units).
   *
   * @param update the gate z
   * @param reset the gate r
   * @param recurrent the candidate's product with the state, before the reset gate
   * @param candidate c
   * @param output h
   */
  private record Step(
      Operand<TFloat32> update,
      Operand<TFloat32> reset,
      Operand<TFloat32> recurrent,
      Operand<TFloat32> candidate,
      Operand<TFloat32> output) {

    List<Operand<TFloat32>> parts() {
      return List.of(update, reset, recurrent, candidate, output);
    }

    static Step of(List<Operand<TFloat32>> parts) {
      return new Step(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4));
    }
  }

  /**
   * What the loop back gives.
   *
   * @param products the gradients of the state's products, (timesteps * batch, 3 * units)
   * @param outputs those of the outputs, (timesteps * batch, units)
   * @param start that of the state at the start
   */
  private record Back(
      Operand<TFloat32> products, Operand<TFloat32> outputs, Operand<TFloat32> start) {}

  private final Ops tf;
  private final Operand<TFloat32> x;
  private final Operand<TFloat32> kernel;
  private final Operand<TFloat32> recurrentKernel;
  private final Operand<TFloat32> bias;
  private final Operand<TFloat32> start;
  private final int units;

  /** The timesteps where they are written out, else null. */
  private final List<Step> written;

  /** All timesteps together where they are looped over, else null. */
  private final Step looped;

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
    return all(Step::output);
  }

  @Override
  public List<Operand<TFloat32>> lastStates() {
    return List.of(lastState);
  }

  private Operand<TFloat32> all(Function<Step, Operand<TFloat32>> part) {
    return written == null ? part.apply(looped) : tf.stack(written.stream().map(part).toList());
  }

  // ---- forward

  private List<Step> written(int timesteps) {
    List<Operand<TFloat32>> inputs = inputs();
    List<Operand<TFloat32>> gates = steps(inputs.get(0), timesteps);
    List<Operand<TFloat32>> candidates = steps(inputs.get(1), timesteps);
    Operand<TFloat32> added = bias == null ? null : biasRow(1);
    List<Step> steps = new ArrayList<>();
    lastState = start;
    for (int t = 0; t < timesteps; t++) {
      steps.add(step(tf, gates.get(t), candidates.get(t), recurrentKernel, added, lastState));
      lastState = steps.get(t).output();
    }
    return steps;
  }

  private Step looped() {
    Operand<TInt32> timesteps = Sizes.of(tf, x, 0);
    LoopVariables loop = new LoopVariables();
    List<ArrayKey<TFloat32>> inputs =
        inputs().stream().map(steps -> loop.add(array(steps))).toList();
    TensorKey<TFloat32> weights = loop.add(recurrentKernel);
    TensorKey<TFloat32> added = bias == null ? null : loop.add(biasRow(1));
    TensorKey<TFloat32> state = loop.add(start);
    List<ArrayKey<TFloat32>> parts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      parts.add(loop.add(StepArray.empty(tf, timesteps, TFloat32.class)));
    }
    LoopVariables.Round end =
        loop.run(
            tf,
            timesteps,
            (ops, t, round) -> {
              Step step =
                  step(
                      ops,
                      round.get(inputs.get(0)).read(ops, t),
                      round.get(inputs.get(1)).read(ops, t),
                      round.get(weights),
                      added == null ? null : round.get(added),
                      round.get(state));
              for (int i = 0; i < parts.size(); i++) {
                ArrayKey<TFloat32> key = parts.get(i);
                round.set(key, round.get(key).write(ops, t, step.parts().get(i)));
              }
              round.set(state, step.output());
            });
    lastState = tf.ensureShape(end.get(state), Shape.of(x.shape().get(1), units));
    return Step.of(
        parts.stream().map(key -> end.get(key).stack(tf, timesteps, shape(units))).toList());
  }

  /** The inputs' products, with their bias: of the two gates, and of the candidate. */
  private List<Operand<TFloat32>> inputs() {
    List<Operand<TFloat32>> kernels = parts(tf, kernel, 1);
    List<Operand<TFloat32>> biases = bias == null ? null : parts(tf, biasRow(0), 0);
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Operand<TFloat32> product = tf.linalg.matMul(rows(x, kernel.shape().get(0)), kernels.get(i));
      if (biases != null) {
        product = tf.nn.biasAdd(product, biases.get(i));
      }
      inputs.add(tf.reshape(product, Shapes.of(tf, x, shape((2L - i) * units))));
    }
    return inputs;
  }

  private Step step(
      Ops ops,
      Operand<TFloat32> gateInputs,
      Operand<TFloat32> candidateInput,
      Operand<TFloat32> weights,
      Operand<TFloat32> added,
      Operand<TFloat32> before) {
    Operand<TFloat32> product = ops.linalg.matMul(before, weights);
    List<Operand<TFloat32>> products =
        parts(ops, added == null ? product : ops.nn.biasAdd(product, added), 1);
    List<? extends Operand<TFloat32>> gates =
        ops.split(ops.constant(1), ops.math.sigmoid(ops.math.add(gateInputs, products.get(0))), 2L)
            .output();
    Operand<TFloat32> update = gates.get(0);
    Operand<TFloat32> reset = gates.get(1);
    Operand<TFloat32> recurrent = products.get(1);
    Operand<TFloat32> candidate =
        ops.math.tanh(ops.math.add(candidateInput, ops.math.mul(reset, recurrent)));
    Operand<TFloat32> output =
        ops.math.add(candidate, ops.math.mul(update, ops.math.sub(before, candidate)));
    return new Step(update, reset, recurrent, candidate, output);
  }

  // ---- back

  @Override
  public List<Operand<TFloat32>> backward(
      Operand<TFloat32> outputGradients,
      List<Operand<TFloat32>> lastGradients,
      boolean inputWanted) {
    Operand<TFloat32> befores = befores();
    Operand<TFloat32> update = all(Step::update);
    Operand<TFloat32> reset = all(Step::reset);
    Operand<TFloat32> candidate = all(Step::candidate);
    // What the gradient of an output is to be multiplied with, for that of what goes into ...
    Operand<TFloat32> toCandidate =
        tf.math.tanhGrad(candidate, tf.math.sub(tf.constant(1f), update));
    Operand<TFloat32> toUpdate = tf.math.sigmoidGrad(update, tf.math.sub(befores, candidate));
    Operand<TFloat32> toReset =
        tf.math.sigmoidGrad(reset, tf.math.mul(toCandidate, all(Step::recurrent)));
    Operand<TFloat32> toRecurrent = tf.math.mul(toCandidate, reset);
    Operand<TFloat32> factors = tf.concat(List.of(toUpdate, toReset, toRecurrent), tf.constant(2));
    Operand<TFloat32> last = lastGradients.get(0);
    Back back =
        written == null
            ? loopedBack(factors, outputGradients, last)
            : writtenBack(factors, outputGradients, last);
    // The input goes into the candidate itself, the state's product by way of the reset gate.
    Operand<TFloat32> candidates = tf.math.mul(back.outputs(), rows(toCandidate, units));
    Operand<TFloat32> inputs =
        tf.concat(List.of(parts(tf, back.products(), 1).get(0), candidates), tf.constant(1));
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    gradients.add(
        inputWanted
            ? tf.reshape(tf.linalg.matMul(inputs, kernel, MatMul.transposeB(true)), tf.shape(x))
            : null);
    gradients.add(back.start());
    gradients.add(Recurrence.kernelGradient(tf, rows(x, kernel.shape().get(0)), inputs));
    gradients.add(Recurrence.kernelGradient(tf, rows(befores, units), back.products()));
    gradients.add(
        tf.stack(
            List.of(
                Recurrence.biasGradient(tf, inputs),
                Recurrence.biasGradient(tf, back.products()))));
    return gradients;
  }

  private Back writtenBack(
      Operand<TFloat32> factors, Operand<TFloat32> outputGradients, Operand<TFloat32> last) {
    int timesteps = written.size();
    List<Operand<TFloat32>> factorSteps = steps(factors, timesteps);
    List<Operand<TFloat32>> dys =
        outputGradients == null
            ? Collections.nCopies(timesteps, null)
            : steps(outputGradients, timesteps);
    Operand<TFloat32> weights = kernelBack();
    List<Operand<TFloat32>> products = new ArrayList<>();
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    Operand<TFloat32> dh = last;
    for (int t = timesteps - 1; t >= 0; t--) {
      Operand<TFloat32> d = Recurrence.sum(tf, dys.get(t), dh);
      Operand<TFloat32> product = productGradient(tf, d, factorSteps.get(t));
      outputs.add(0, d);
      products.add(0, product);
      dh = stateGradient(tf, d, product, written.get(t).update(), weights);
    }
    return new Back(Recurrence.rows(tf, products), Recurrence.rows(tf, outputs), dh);
  }

  private Back loopedBack(
      Operand<TFloat32> factors, Operand<TFloat32> outputGradients, Operand<TFloat32> last) {
    Operand<TInt32> timesteps = Sizes.of(tf, x, 0);
    LoopVariables loop = new LoopVariables();
    TensorKey<TInt32> count = loop.add(timesteps);
    TensorKey<TFloat32> weights = loop.add(kernelBack());
    TensorKey<TFloat32> dh = loop.add(last == null ? tf.zerosLike(start) : last);
    ArrayKey<TFloat32> factorSteps = loop.add(array(factors));
    ArrayKey<TFloat32> updates = loop.add(array(looped.update()));
    ArrayKey<TFloat32> dys = outputGradients == null ? null : loop.add(array(outputGradients));
    ArrayKey<TFloat32> products = loop.add(StepArray.empty(tf, timesteps, TFloat32.class));
    ArrayKey<TFloat32> outputs = loop.add(StepArray.empty(tf, timesteps, TFloat32.class));
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
              Operand<TFloat32> product =
                  productGradient(ops, d, round.get(factorSteps).read(ops, t));
              round.set(outputs, round.get(outputs).write(ops, t, d));
              round.set(products, round.get(products).write(ops, t, product));
              round.set(
                  dh,
                  stateGradient(
                      ops, d, product, round.get(updates).read(ops, t), round.get(weights)));
            });
    return new Back(
        rows(end.get(products).stack(tf, timesteps, shape(3L * units)), 3L * units),
        rows(end.get(outputs).stack(tf, timesteps, shape(units)), units),
        end.get(dh));
  }

  /** The gradient of the state's products in one timestep. */
  private static Operand<TFloat32> productGradient(
      Ops ops, Operand<TFloat32> output, Operand<TFloat32> factors) {
    return ops.math.mul(ops.concat(List.of(output, output, output), ops.constant(1)), factors);
  }

  /** The gradient of the state before a timestep. */
  private Operand<TFloat32> stateGradient(
      Ops ops,
      Operand<TFloat32> output,
      Operand<TFloat32> product,
      Operand<TFloat32> update,
      Operand<TFloat32> weights) {
    return ops.math.add(
        ops.math.mul(output, update),
        ops.linalg.matMul(product, weights, MatMul.transposeB(!transposesKernel())));
  }

  /**
   * The recurrent kernel, transposed if there are more than a few rows: see {@link FusedLSTM}. The
   * reshaping keeps TensorFlow from putting transposition and products together again.
   */
  private Operand<TFloat32> kernelBack() {
    if (!transposesKernel()) {
      return recurrentKernel;
    }
    Operand<TFloat32> gates = tf.reshape(recurrentKernel, tf.constant(new int[] {units, 3, units}));
    return tf.reshape(
        tf.linalg.transpose(gates, tf.constant(new int[] {1, 2, 0})),
        tf.constant(new int[] {3 * units, units}));
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

  // ---- shapes

  /** Splits (..., 3 * units) into the two gates z and r, side by side, and the candidate. */
  private List<Operand<TFloat32>> parts(Ops ops, Operand<TFloat32> whole, int axis) {
    return List.copyOf(
        ops.splitV(whole, ops.constant(new int[] {2 * units, units}), ops.constant(axis), 2L)
            .output());
  }

  private Operand<TFloat32> biasRow(int row) {
    return tf.reshape(
        tf.slice(bias, tf.constant(new int[] {row, 0}), tf.constant(new int[] {1, -1})),
        tf.constant(new int[] {-1}));
  }

  private Shape shape(long width) {
    return Shape.of(x.shape().get(0), x.shape().get(1), width);
  }

  private Operand<TFloat32> rows(Operand<TFloat32> steps, long width) {
    return tf.reshape(steps, tf.constant(new long[] {-1, width}));
  }

  private StepArray<TFloat32> array(Operand<TFloat32> steps) {
    return StepArray.of(tf, TFloat32.class, steps);
  }

  private List<Operand<TFloat32>> steps(Operand<TFloat32> stacked, int timesteps) {
    return List.copyOf(tf.unstack(stacked, (long) timesteps, Unstack.axis(0L)).output());
  }
}
