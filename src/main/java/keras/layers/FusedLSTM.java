package keras.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import keras.backend.LoopVariables;
import keras.backend.LoopVariables.ArrayKey;
import keras.backend.LoopVariables.TensorKey;
import keras.backend.Sizes;
import keras.backend.StepArray;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.LSTMBlockCellGrad;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * An LSTM with its usual activations and without masks, over TensorFlow's fused kernels: all
 * timesteps forward in one op, whatever their number, and one element-wise op a timestep on the way
 * back. Everything is time-major.
 *
 * <p>TensorFlow has a fused op for the whole way back as well. It takes the gradient of the weights
 * in every timestep and is three times slower than this.
 */
final class FusedLSTM {

  /** How many timesteps are written out at most; more are looped over. */
  static final int MOST_UNROLLED = 128;

  private static final int FEW_ROWS = 8;

  private final Ops tf;
  private final Operand<TFloat32> x;
  private final Operand<TFloat32> kernel;
  private final Operand<TFloat32> recurrentKernel;
  private final Operand<TFloat32> bias;
  private final List<Operand<TFloat32>> states;
  private final Output<TFloat32> inputGate;
  private final Output<TFloat32> carries;
  private final Output<TFloat32> forgetGate;
  private final Output<TFloat32> outputGate;
  private final Output<TFloat32> candidates;
  private final Output<TFloat32> carriesOut;
  private final Output<TFloat32> outputs;
  private final int units;

  /**
   * Adds the forward op.
   *
   * @param x (timesteps, batch, features)
   * @param kernel (features, 4 * units), gates in Keras's order i, f, c, o
   * @param recurrentKernel (units, 4 * units)
   * @param bias (4 * units)
   * @param states h and c, each (batch, units)
   */
  FusedLSTM(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel,
      Operand<TFloat32> recurrentKernel,
      Operand<TFloat32> bias,
      List<Operand<TFloat32>> states) {
    this.tf = tf;
    this.x = x;
    this.kernel = kernel;
    this.recurrentKernel = recurrentKernel;
    this.bias = bias;
    this.states = states;
    this.units = (int) recurrentKernel.shape().get(0);
    Operand<TFloat32> peephole = zeros(units);
    Operand<TInt64> timesteps =
        x.shape().get(0) == Shape.UNKNOWN_SIZE
            ? tf.dtypes.cast(Sizes.of(tf, x, 0), TInt64.class)
            : tf.constant(x.shape().get(0));
    boolean padded = isOdd(x.shape().get(1)) && isOdd(x.shape().get(2));
    List<Operand<TFloat32>> kernels = new ArrayList<>(List.of(kernel, recurrentKernel));
    if (padded) {
      kernels.add(1, tf.zeros(tf.constant(new long[] {1, 4L * units}), TFloat32.class));
    }
    Operation block =
        tf.scope()
            .opBuilder("BlockLSTMV2", "BlockLSTM")
            .addInput(timesteps.asOutput())
            .addInput((padded ? padded(x) : x).asOutput())
            .addInput(states.get(1).asOutput())
            .addInput(states.get(0).asOutput())
            .addInput(tf.concat(kernels, tf.constant(0)).asOutput())
            .addInput(peephole.asOutput())
            .addInput(peephole.asOutput())
            .addInput(peephole.asOutput())
            .addInput(bias.asOutput())
            .setAttr("cell_clip", -1f)
            .setAttr("use_peephole", false)
            .build();
    inputGate = block.output(0);
    carries = block.output(1);
    forgetGate = block.output(2);
    outputGate = block.output(3);
    candidates = block.output(4);
    carriesOut = block.output(5);
    outputs = block.output(6);
  }

  /** Whether a size is or may be odd: an op for an odd batch and odd features prints a warning. */
  private static boolean isOdd(long size) {
    return size == Shape.UNKNOWN_SIZE || size % 2 == 1;
  }

  /** The input with one more feature, which is zero. */
  private Operand<TFloat32> padded(Operand<TFloat32> steps) {
    return tf.pad(steps, tf.constant(new int[][] {{0, 0}, {0, 0}, {0, 1}}), tf.constant(0f));
  }

  /** (timesteps, batch, units). */
  Operand<TFloat32> outputs() {
    return outputs;
  }

  /** The last timestep's h and c, each (batch, units). */
  List<Operand<TFloat32>> lastStates() {
    return List.of(last(outputs), last(carries));
  }

  private Operand<TFloat32> last(Operand<TFloat32> steps) {
    Operand<TFloat32> step =
        tf.slice(
            steps,
            tf.concat(
                List.of(
                    tf.reshape(
                        tf.math.sub(Sizes.of(tf, steps, 0), tf.constant(1)),
                        tf.constant(new int[] {1})),
                    tf.constant(new int[] {0, 0})),
                tf.constant(0)),
            tf.constant(new int[] {1, -1, -1}));
    return tf.squeeze(step, org.tensorflow.op.core.Squeeze.axis(List.of(0L)));
  }

  /**
   * Adds the way back.
   *
   * @param outputGradients the gradient of the outputs, or null
   * @param lastGradients those of the last h and c, each of them or null
   * @return the gradients of x (null unless wanted), h, c, kernel, recurrent kernel and bias
   */
  List<Operand<TFloat32>> backward(
      Operand<TFloat32> outputGradients,
      List<Operand<TFloat32>> lastGradients,
      boolean inputWanted) {
    long timesteps = x.shape().get(0);
    Operand<TFloat32> dh = lastGradients.get(0);
    Operand<TFloat32> dc =
        lastGradients.get(1) == null ? tf.zerosLike(states.get(1)) : lastGradients.get(1);
    Operand<TFloat32> gates =
        timesteps != Shape.UNKNOWN_SIZE && timesteps <= MOST_UNROLLED
            ? unrolled((int) timesteps, outputGradients, dh, dc)
            : looped(outputGradients, dh, dc);
    Operand<TFloat32> gateRows = tf.reshape(gates, tf.constant(new int[] {-1, 4 * units}));
    // Either the gates of all steps are brought into Keras's order, or all that is made of them.
    boolean few = isFewerThanWeights(timesteps, x.shape().get(1));
    UnaryOperator<Operand<TFloat32>> columns = few ? o -> o : o -> reordered(o, 1);
    Operand<TFloat32> z = few ? reordered(gateRows, 1) : gateRows;
    Operand<TFloat32> rows = tf.reshape(x, tf.constant(new long[] {-1, kernel.shape().get(0)}));
    Operand<TFloat32> before =
        tf.reshape(
            tf.concat(
                List.of(tf.expandDims(states.get(0), tf.constant(0)), butLast(outputs)),
                tf.constant(0)),
            tf.constant(new int[] {-1, units}));
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    gradients.add(
        inputWanted
            ? tf.reshape(
                tf.linalg.matMul(z, columns.apply(kernel), MatMul.transposeB(true)), tf.shape(x))
            : null);
    gradients.add(startStateGradient);
    gradients.add(startCarryGradient);
    gradients.add(columns.apply(Recurrence.kernelGradient(tf, rows, z)));
    gradients.add(columns.apply(Recurrence.kernelGradient(tf, before, z)));
    Operand<TFloat32> sums = tf.sum(z, tf.constant(0));
    gradients.add(few ? sums : reordered(sums, 0));
    return gradients;
  }

  private boolean isFewerThanWeights(long timesteps, long batch) {
    return timesteps > 0 && batch > 0 && timesteps * batch < kernel.shape().get(0) + units;
  }

  private Operand<TFloat32> startStateGradient;
  private Operand<TFloat32> startCarryGradient;

  /** From i, f, c, o, which Keras and the forward op have, to i, c, f, o of the backward op. */
  private Operand<TFloat32> reordered(Operand<TFloat32> gates, int axis) {
    List<Output<TFloat32>> parts = tf.split(tf.constant(axis), gates, 4L).output();
    return tf.concat(
        List.of(parts.get(0), parts.get(2), parts.get(1), parts.get(3)), tf.constant(axis));
  }

  /**
   * (units, 4 * units), gates in the backward op's order; transposed if there are more than a few
   * rows, as a product with a matrix to be transposed then takes twice as long, and there is one in
   * each timestep. Between the transposition and the products comes more, or TensorFlow would put
   * them together again.
   */
  private Operand<TFloat32> kernelBack() {
    if (!transposesKernel()) {
      return reordered(recurrentKernel, 1);
    }
    Operand<TFloat32> gates =
        tf.linalg.transpose(
            tf.reshape(recurrentKernel, tf.constant(new int[] {units, 4, units})),
            tf.constant(new int[] {1, 2, 0}));
    return tf.reshape(reordered(gates, 0), tf.constant(new int[] {4 * units, units}));
  }

  private boolean transposesKernel() {
    long rows = x.shape().get(1);
    return rows < 0 || rows > FEW_ROWS;
  }

  private Operand<TFloat32> unrolled(
      int timesteps,
      Operand<TFloat32> outputGradients,
      Operand<TFloat32> dhLast,
      Operand<TFloat32> dcLast) {
    List<List<Operand<TFloat32>>> saved = new ArrayList<>();
    for (Output<TFloat32> steps : saved()) {
      saved.add(steps(steps, timesteps));
    }
    List<Operand<TFloat32>> dys =
        outputGradients == null
            ? Collections.nCopies(timesteps, null)
            : steps(outputGradients, timesteps);
    StepBack step =
        new StepBack(tf, recurrentKernel, kernelBack(), bias, zeros(units), states.get(0));
    List<Operand<TFloat32>> gates = new ArrayList<>(Collections.nCopies(timesteps, null));
    Operand<TFloat32> dh = dhLast;
    Operand<TFloat32> dc = dcLast;
    for (int t = timesteps - 1; t >= 0; t--) {
      List<Operand<TFloat32>> now = new ArrayList<>();
      for (List<Operand<TFloat32>> steps : saved) {
        now.add(steps.get(t));
      }
      Operand<TFloat32> before = t == 0 ? states.get(1) : saved.get(CARRIES).get(t - 1);
      Operand<TFloat32> d = Recurrence.sum(tf, dys.get(t), dh);
      LSTMBlockCellGrad<TFloat32> gradient =
          step.call(now, before, d == null ? tf.zerosLike(states.get(0)) : d, dc);
      gates.set(t, gradient.dicfo());
      dc = gradient.csPrevGrad();
      dh = step.stateGradient(gradient.dicfo());
    }
    startStateGradient = dh;
    startCarryGradient = dc;
    return Recurrence.rows(tf, gates);
  }

  private Operand<TFloat32> looped(
      Operand<TFloat32> outputGradients, Operand<TFloat32> dhLast, Operand<TFloat32> dcLast) {
    Operand<TInt32> timesteps = Sizes.of(tf, x, 0);
    LoopVariables loop = new LoopVariables();
    TensorKey<TFloat32> dh = loop.add(dhLast == null ? tf.zerosLike(states.get(0)) : dhLast);
    TensorKey<TFloat32> dc = loop.add(dcLast);
    TensorKey<TInt32> count = loop.add(timesteps);
    TensorKey<TFloat32> kernelKey = loop.add(recurrentKernel);
    TensorKey<TFloat32> backKey = loop.add(kernelBack());
    TensorKey<TFloat32> biasKey = loop.add(bias);
    TensorKey<TFloat32> peephole = loop.add(zeros(units));
    List<ArrayKey<TFloat32>> saved = saved().stream().map(steps -> loop.add(array(steps))).toList();
    Operand<TFloat32> carriesBefore =
        tf.concat(
            List.of(tf.expandDims(states.get(1), tf.constant(0)), butLast(carries)),
            tf.constant(0));
    ArrayKey<TFloat32> before = loop.add(array(carriesBefore));
    ArrayKey<TFloat32> dys = outputGradients == null ? null : loop.add(array(outputGradients));
    ArrayKey<TFloat32> gates = loop.add(StepArray.empty(tf, timesteps, TFloat32.class));
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
              List<Operand<TFloat32>> now = new ArrayList<>();
              saved.forEach(key -> now.add(round.get(key).read(ops, t)));
              StepBack step =
                  new StepBack(
                      ops,
                      round.get(kernelKey),
                      round.get(backKey),
                      round.get(biasKey),
                      round.get(peephole),
                      d);
              LSTMBlockCellGrad<TFloat32> gradient =
                  step.call(now, round.get(before).read(ops, t), d, round.get(dc));
              round.set(gates, round.get(gates).write(ops, t, gradient.dicfo()));
              round.set(dc, gradient.csPrevGrad());
              round.set(dh, step.stateGradient(gradient.dicfo()));
            });
    startStateGradient = end.get(dh);
    startCarryGradient = end.get(dc);
    return end.get(gates)
        .stack(tf, timesteps, Shape.of(x.shape().get(0), x.shape().get(1), 4L * units));
  }

  private static final int CARRIES = 1;

  private List<Output<TFloat32>> saved() {
    return List.of(inputGate, carries, forgetGate, outputGate, candidates, carriesOut);
  }

  /** One timestep of the way back. */
  private final class StepBack {
    private final Ops tf;
    private final Operand<TFloat32> kernel;
    private final Operand<TFloat32> kernelBack;
    private final Operand<TFloat32> bias;
    private final Operand<TFloat32> none;
    private final Operand<TFloat32> peephole;
    private final Operand<TFloat32> state;

    StepBack(
        Ops tf,
        Operand<TFloat32> kernel,
        Operand<TFloat32> kernelBack,
        Operand<TFloat32> bias,
        Operand<TFloat32> peephole,
        Operand<TFloat32> state) {
      this.tf = tf;
      this.kernel = kernel;
      this.kernelBack = kernelBack;
      this.bias = bias;
      this.state = state;
      // The op looks at the sizes of its input and weights only: an input without features will do.
      this.none = tf.slice(state, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 0}));
      this.peephole = peephole;
    }

    LSTMBlockCellGrad<TFloat32> call(
        List<Operand<TFloat32>> saved,
        Operand<TFloat32> carryBefore,
        Operand<TFloat32> dh,
        Operand<TFloat32> dc) {
      return tf.nn.lSTMBlockCellGrad(
          none,
          carryBefore,
          state,
          kernel,
          peephole,
          peephole,
          peephole,
          bias,
          saved.get(0),
          saved.get(1),
          saved.get(2),
          saved.get(3),
          saved.get(4),
          saved.get(5),
          dc,
          dh,
          false);
    }

    Operand<TFloat32> stateGradient(Operand<TFloat32> gates) {
      return tf.linalg.matMul(gates, kernelBack, MatMul.transposeB(!transposesKernel()));
    }
  }

  private StepArray<TFloat32> array(Operand<TFloat32> steps) {
    return StepArray.of(tf, TFloat32.class, steps);
  }

  private List<Operand<TFloat32>> steps(Operand<TFloat32> stacked, int timesteps) {
    return new ArrayList<>(tf.unstack(stacked, (long) timesteps, Unstack.axis(0L)).output());
  }

  private Operand<TFloat32> butLast(Operand<TFloat32> steps) {
    return tf.slice(
        steps,
        tf.constant(new int[] {0, 0, 0}),
        tf.math.sub(tf.shape(steps), tf.constant(new int[] {1, 0, 0})));
  }

  private Operand<TFloat32> zeros(long width) {
    return tf.zeros(tf.constant(new long[] {width}), TFloat32.class);
  }
}
