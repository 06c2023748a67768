package keras.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
import org.tensorflow.op.math.SigmoidGrad;
import org.tensorflow.op.math.TanhGrad;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The part of the way back through a {@link FusedLSTM} that has to be done timestep by timestep,
 * the last one first: from the gradients of h and c to those of the gates. Everything is
 * time-major.
 *
 * <p>A step's gradients are linear in those of the step after it. What they are multiplied with
 * does not depend on them and is made for all timesteps at once.
 *
 * <p>A few timesteps are written out one after the other. Of more, {@link #CHUNK} at a time are,
 * within a loop: a round of a loop costs as much as the ops of several timesteps.
 */
final class FusedLSTMBackward {

  private static final int MOST_UNROLLED = 32;
  private static final int CHUNK = 10;
  private static final int FEW_ROWS = 8;

  /**
   * What the forward op leaves for each timestep, each (timesteps, batch, units).
   *
   * @param inputGate i
   * @param carries c
   * @param forgetGate f
   * @param outputGate o
   * @param candidates tanh of what the input gate lets in
   * @param carriesOut tanh of c
   */
  record Saved(
      Operand<TFloat32> inputGate,
      Operand<TFloat32> carries,
      Operand<TFloat32> forgetGate,
      Operand<TFloat32> outputGate,
      Operand<TFloat32> candidates,
      Operand<TFloat32> carriesOut) {}

  /**
   * The gradients so far.
   *
   * @param gates those of the timesteps' gates, (timesteps * batch, 4 * units) in Keras's order;
   *     null before the first
   * @param h the one of h before these timesteps, (batch, units); null for zero
   * @param c the one of c before these timesteps, (batch, units); null for zero
   */
  record Gradients(Operand<TFloat32> gates, Operand<TFloat32> h, Operand<TFloat32> c) {}

  private final Ops tf;
  private final List<Operand<TFloat32>> states;
  private final Operand<TFloat32> carries;
  private final Operand<TFloat32> kernelBack;
  private final boolean transposesKernel;
  private final int units;

  /** For each timestep: of h to c, of c to the c before, and of c, c, c and h to the gates. */
  private final List<Operand<TFloat32>> factors;

  /**
   * What there is to go back over.
   *
   * @param saved what the forward op left
   * @param states h and c before the first timestep, each (batch, units)
   * @param recurrentKernel (units, 4 * units), gates in Keras's order i, f, c, o
   */
  FusedLSTMBackward(
      Ops tf, Saved saved, List<Operand<TFloat32>> states, Operand<TFloat32> recurrentKernel) {
    this.tf = tf;
    this.states = states;
    this.carries = saved.carries();
    this.units = (int) recurrentKernel.shape().get(0);
    long rows = carries.shape().get(1);
    this.transposesKernel = rows < 0 || rows > FEW_ROWS;
    this.kernelBack = transposesKernel ? transposed(recurrentKernel) : recurrentKernel;
    this.factors =
        List.of(
            ofTanh(saved.carriesOut(), saved.outputGate()),
            saved.forgetGate(),
            tf.concat(
                List.of(
                    ofSigmoid(saved.inputGate(), saved.candidates()),
                    ofSigmoid(saved.forgetGate(), before(tf, states.get(1), carries)),
                    ofTanh(saved.candidates(), saved.inputGate()),
                    ofSigmoid(saved.outputGate(), saved.carriesOut())),
                tf.constant(2)));
  }

  private Operand<TFloat32> ofSigmoid(Operand<TFloat32> gate, Operand<TFloat32> factor) {
    return SigmoidGrad.create(tf.scope(), gate, factor);
  }

  private Operand<TFloat32> ofTanh(Operand<TFloat32> value, Operand<TFloat32> factor) {
    return TanhGrad.create(tf.scope(), value, factor);
  }

  /**
   * (4 * units, units): a product with a matrix that is yet to be transposed takes twice as long
   * from a few rows on, and there is one in each timestep. It is not transposed as the matrix that
   * it is, or TensorFlow would put transposition and products together again.
   */
  private Operand<TFloat32> transposed(Operand<TFloat32> kernel) {
    Operand<TFloat32> gates =
        tf.linalg.transpose(
            tf.reshape(kernel, tf.constant(new int[] {units, 4, units})),
            tf.constant(new int[] {1, 2, 0}));
    return tf.reshape(gates, tf.constant(new int[] {4 * units, units}));
  }

  /** A state before each timestep: that at the start, and that after each but the last. */
  static Operand<TFloat32> before(Ops tf, Operand<TFloat32> start, Operand<TFloat32> after) {
    Operand<TFloat32> butLast =
        tf.slice(
            after,
            tf.constant(new int[] {0, 0, 0}),
            tf.math.sub(tf.shape(after), tf.constant(new int[] {1, 0, 0})));
    return tf.concat(List.of(tf.expandDims(start, tf.constant(0)), butLast), tf.constant(0));
  }

  /**
   * Adds the ops.
   *
   * @param outputs the gradient of all outputs, (timesteps, batch, units), or null
   * @param h the gradient of the last h beside that, or null
   * @param c the gradient of the last c, or null
   */
  Gradients gradients(Operand<TFloat32> outputs, Operand<TFloat32> h, Operand<TFloat32> c) {
    long timesteps = carries.shape().get(0);
    Gradients start = new Gradients(null, h, c);
    List<Operand<TFloat32>> sequences = new ArrayList<>(factors);
    if (outputs != null) {
      sequences.add(outputs);
    }
    if (timesteps == Shape.UNKNOWN_SIZE) {
      return looped(sequences, Sizes.of(tf, carries, 0), 1, start);
    }
    if (timesteps <= MOST_UNROLLED) {
      return unrolled(tf, unstacked(tf, sequences, (int) timesteps), kernelBack, start);
    }
    int rest = (int) timesteps % CHUNK;
    Operand<TInt32> rounds = tf.constant((int) timesteps / CHUNK);
    if (rest == 0) {
      return looped(sequences, rounds, CHUNK, start);
    }
    Operand<TInt32> from = tf.constant((int) timesteps - rest);
    Gradients last = unrolled(tf, cut(tf, sequences, from, rest), kernelBack, start);
    Gradients first = looped(sequences, rounds, CHUNK, last);
    return new Gradients(
        tf.concat(List.of(first.gates(), last.gates()), tf.constant(0)), first.h(), first.c());
  }

  /** Goes back in a loop over as many timesteps from the first one on as there are rounds for. */
  private Gradients looped(
      List<Operand<TFloat32>> sequences, Operand<TInt32> rounds, int chunk, Gradients start) {
    LoopVariables loop = new LoopVariables();
    TensorKey<TFloat32> h = loop.add(start.h() == null ? tf.zerosLike(states.get(0)) : start.h());
    TensorKey<TFloat32> c = loop.add(start.c() == null ? tf.zerosLike(states.get(1)) : start.c());
    TensorKey<TInt32> last = loop.add(tf.math.sub(rounds, tf.constant(1)));
    TensorKey<TFloat32> kernel = loop.add(kernelBack);
    List<TensorKey<TFloat32>> whole = loop.addAll(sequences);
    ArrayKey<TFloat32> gates = loop.add(StepArray.empty(tf, rounds, TFloat32.class));
    LoopVariables.Round end =
        loop.run(
            tf,
            rounds,
            (ops, r, round) -> {
              Operand<TInt32> index = ops.math.sub(round.get(last), r);
              Operand<TInt32> from = ops.math.mul(index, ops.constant(chunk));
              Gradients found =
                  unrolled(
                      ops,
                      cut(ops, round.getAll(whole), from, chunk),
                      round.get(kernel),
                      new Gradients(null, round.get(h), round.get(c)));
              round.set(gates, round.get(gates).write(ops, index, found.gates()));
              round.set(h, found.h());
              round.set(c, found.c());
            });
    Operand<TFloat32> all =
        end.get(gates)
            .stack(tf, rounds, Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE, 4L * units));
    return new Gradients(
        tf.reshape(all, tf.constant(new int[] {-1, 4 * units})), end.get(h), end.get(c));
  }

  /** Some timesteps of each sequence, one by one. */
  private static List<List<Operand<TFloat32>>> cut(
      Ops tf, List<Operand<TFloat32>> sequences, Operand<TInt32> from, int count) {
    Operand<TInt32> zero = tf.constant(0);
    Operand<TInt32> begin = tf.stack(List.of(from, zero, zero));
    Operand<TInt32> size = tf.constant(new int[] {count, -1, -1});
    List<Operand<TFloat32>> parts = new ArrayList<>();
    sequences.forEach(sequence -> parts.add(tf.slice(sequence, begin, size)));
    return unstacked(tf, parts, count);
  }

  private static List<List<Operand<TFloat32>>> unstacked(
      Ops tf, List<Operand<TFloat32>> sequences, int timesteps) {
    List<List<Operand<TFloat32>>> steps = new ArrayList<>();
    for (Operand<TFloat32> sequence : sequences) {
      steps.add(new ArrayList<>(tf.unstack(sequence, (long) timesteps, Unstack.axis(0L)).output()));
    }
    return steps;
  }

  /**
   * Goes back over timesteps that are written out.
   *
   * @param steps the {@link #factors} of each timestep, and its output's gradient if there is one
   */
  private Gradients unrolled(
      Ops tf, List<List<Operand<TFloat32>>> steps, Operand<TFloat32> kernelBack, Gradients after) {
    int timesteps = steps.get(0).size();
    List<Operand<TFloat32>> gates = new ArrayList<>(Collections.nCopies(timesteps, null));
    Operand<TFloat32> h = after.h();
    Operand<TFloat32> c = after.c();
    for (int t = timesteps - 1; t >= 0; t--) {
      h = Recurrence.sum(tf, steps.size() > 3 ? steps.get(3).get(t) : null, h);
      if (h == null) {
        h = tf.zerosLike(states.get(0));
      }
      c = Recurrence.sum(tf, tf.math.mul(h, steps.get(0).get(t)), c);
      Operand<TFloat32> gate =
          tf.math.mul(tf.concat(List.of(c, c, c, h), tf.constant(1)), steps.get(2).get(t));
      gates.set(t, gate);
      c = tf.math.mul(c, steps.get(1).get(t));
      h = tf.linalg.matMul(gate, kernelBack, MatMul.transposeB(!transposesKernel));
    }
    return new Gradients(Recurrence.rows(tf, gates), h, c);
  }
}
