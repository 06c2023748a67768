package keras.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import keras.backend.Tape;
import keras.backend.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
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
 * <p>On the way back, what the gradient of an output is to be multiplied with is fixed beforehand,
 * and made for all timesteps at once. What is left to do step by step is what depends on the
 * timestep after it.
 */
final class FusedGRU implements FusedRecurrence {

  /** What a timestep makes, each (batch, units), or all timesteps, (timesteps, batch, units). */
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
  private final Tape tape;
  private final List<Variable> weights;
  private final Operand<TFloat32> x;
  private final Operand<TFloat32> kernel;
  private final Operand<TFloat32> start;
  private final int units;
  private final KernelBack kernelBack;
  private final List<Operand<TFloat32>> made;
  private final Operand<TFloat32> last;

  /**
   * Adds the way forward.
   *
   * @param x (timesteps, batch, features)
   * @param weights the kernel, (features, 3 * units), gates in Keras's order z, r, h; the recurrent
   *     kernel, (units, 3 * units); if there is one, the bias, (2, 3 * units), of inputs and state
   * @param start the state, (batch, units)
   */
  FusedGRU(Tape tape, Operand<TFloat32> x, List<Variable> weights, Operand<TFloat32> start) {
    Operand<TFloat32> recurrentKernel = tape.value(weights.get(1));
    this.tf = tape.tf();
    this.tape = tape;
    this.x = x;
    this.weights = weights;
    this.kernel = tape.value(weights.get(0));
    this.start = start;
    this.units = (int) recurrentKernel.shape().get(0);
    long rows = x.shape().get(1);
    this.kernelBack = new KernelBack(tf, recurrentKernel, rows);
    List<Operand<TFloat32>> same =
        weights.size() > 2
            ? List.of(
                recurrentKernel,
                derived(
                        "recurrent bias of the candidate",
                        2,
                        whole -> List.of(gatesAndCandidate(tf, biasRow(whole, 1), 0).get(1)))
                    .get(0))
            : List.of(recurrentKernel);
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
    List<Operand<TFloat32>> kernels =
        derived("kernels", 0, whole -> gatesAndCandidate(tf, whole, 1));
    List<Operand<TFloat32>> biases =
        weights.size() > 2 ? derived("biases", 2, this::inputBiases) : null;
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Operand<TFloat32> product =
          BiasedProduct.of(tf, rows(x), kernels.get(i), biases == null ? null : biases.get(i));
      Shape shape = Shape.of(x.shape().get(0), x.shape().get(1), (2L - i) * units);
      inputs.add(tf.reshape(product, Shapes.of(tf, x, shape)));
    }
    return inputs;
  }

  /**
   * Those of the inputs' products. The gates' have the recurrent bias in them, which is added to
   * the same sums; the candidate's is not, as the reset gate comes in between.
   */
  private List<Operand<TFloat32>> inputBiases(Operand<TFloat32> bias) {
    List<Operand<TFloat32>> ofInputs = gatesAndCandidate(tf, biasRow(bias, 0), 0);
    List<Operand<TFloat32>> ofState = gatesAndCandidate(tf, biasRow(bias, 1), 0);
    return List.of(tf.math.add(ofInputs.get(0), ofState.get(0)), ofInputs.get(1));
  }

  /**
   * Some timesteps, given the {@link #inputs}, the recurrent kernel and, if there is one, the
   * candidate's recurrent bias.
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
      done.add(
          step(
              ops,
              inputs.get(0).get(t),
              inputs.get(1).get(t),
              product,
              same.size() > 1 ? same.get(1) : null,
              h));
      h = done.get(t).output();
    }
    return new Chunks.Result(joined(ops, done), List.of(h));
  }

  private Parts step(
      Ops ops,
      Operand<TFloat32> gateInputs,
      Operand<TFloat32> candidateInput,
      Operand<TFloat32> product,
      Operand<TFloat32> candidateBias,
      Operand<TFloat32> h) {
    List<Operand<TFloat32>> products = gatesAndCandidate(ops, product, 1);
    Operand<TFloat32> gates = ops.math.sigmoid(ops.math.add(gateInputs, products.get(0)));
    List<? extends Operand<TFloat32>> both = ops.split(ops.constant(1), gates, 2L).output();
    Operand<TFloat32> update = both.get(0);
    Operand<TFloat32> reset = both.get(1);
    Operand<TFloat32> recurrent =
        candidateBias == null ? products.get(1) : ops.math.add(products.get(1), candidateBias);
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
    Operand<TFloat32> before = Recurrence.before(tf, start, values.output());
    Operand<TFloat32> toCandidate =
        tf.math.tanhGrad(values.candidate(), tf.math.sub(tf.constant(1f), values.update()));
    Operand<TFloat32> toProducts = toProducts(values, before, toCandidate);
    List<Operand<TFloat32>> sequences = new ArrayList<>(List.of(toProducts, values.update()));
    if (outputGradients != null) {
      sequences.add(outputGradients);
    }
    Operand<TFloat32> lastGradient =
        lastGradients.get(0) == null ? tf.zerosLike(start) : lastGradients.get(0);
    Chunks.Result back =
        new Chunks(tf, true, List.of(kernelBack.operand()), List.of((long) units), this::stepsBack)
            .over(sequences, List.of(lastGradient));
    Operand<TFloat32> ofOutputs = back.made().get(0);
    Operand<TFloat32> ofProducts = ofProducts(tf, ofOutputs, rows(toProducts));
    Operand<TFloat32> ofInputs =
        tf.concat(
            List.of(
                gatesAndCandidate(tf, ofProducts, 1).get(0),
                tf.math.mul(ofOutputs, rows(toCandidate))),
            tf.constant(1));
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    gradients.add(
        inputWanted
            ? tf.reshape(tf.linalg.matMul(ofInputs, kernel, MatMul.transposeB(true)), tf.shape(x))
            : null);
    gradients.add(back.states().get(0));
    gradients.add(Recurrence.kernelGradient(tf, rows(x), ofInputs));
    gradients.add(Recurrence.kernelGradient(tf, rows(before), ofProducts));
    gradients.add(
        tf.stack(
            List.of(
                Recurrence.biasGradient(tf, ofInputs), Recurrence.biasGradient(tf, ofProducts))));
    return gradients;
  }

  /** What an output's gradient is multiplied with for those of the state's products. */
  private Operand<TFloat32> toProducts(
      Parts values, Operand<TFloat32> before, Operand<TFloat32> toCandidate) {
    Operand<TFloat32> toUpdate =
        tf.math.sigmoidGrad(values.update(), tf.math.sub(before, values.candidate()));
    Operand<TFloat32> toReset =
        tf.math.sigmoidGrad(values.reset(), tf.math.mul(toCandidate, values.recurrent()));
    Operand<TFloat32> toRecurrent = tf.math.mul(toCandidate, values.reset());
    return tf.concat(List.of(toUpdate, toReset, toRecurrent), tf.constant(2));
  }

  /**
   * Some timesteps back: the gradients of the outputs.
   *
   * <p>Those of the state's products are three times as wide: to keep and join them takes longer
   * than to compute all of them again at the end.
   *
   * @param steps the factors of the products, the update gate, and the outputs' gradients if the
   *     loss depends on more than the last one
   */
  private Chunks.Result stepsBack(
      Ops ops,
      List<List<Operand<TFloat32>>> steps,
      List<Operand<TFloat32>> same,
      List<Operand<TFloat32>> states) {
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    Operand<TFloat32> d = states.get(0);
    for (int t = steps.get(0).size() - 1; t >= 0; t--) {
      d = steps.size() > 2 ? ops.math.add(steps.get(2).get(t), d) : d;
      Operand<TFloat32> product = ofProducts(ops, d, steps.get(0).get(t));
      outputs.add(0, d);
      d =
          ops.math.add(
              ops.math.mul(d, steps.get(1).get(t)), kernelBack.multiply(ops, product, same.get(0)));
    }
    return new Chunks.Result(List.of(Recurrence.rows(ops, outputs)), List.of(d));
  }

  /** The gradients of the state's products of some rows, given those of the outputs. */
  private static Operand<TFloat32> ofProducts(
      Ops ops, Operand<TFloat32> outputs, Operand<TFloat32> toProducts) {
    return ops.math.mul(
        ops.concat(List.of(outputs, outputs, outputs), ops.constant(1)), toProducts);
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

  /** What is made of a single weight. */
  private List<Operand<TFloat32>> derived(
      String what, int weight, Function<Operand<TFloat32>, List<Operand<TFloat32>>> computation) {
    return tape.derived(
        what, List.of(weights.get(weight)), values -> computation.apply(values.get(0)));
  }

  private Operand<TFloat32> biasRow(Operand<TFloat32> bias, int row) {
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
