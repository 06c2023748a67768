package keras.layers;

import java.util.ArrayList;
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
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Goes over the timesteps of sequences with a state, from the first one on or from the last one
 * back. Everything is time-major.
 *
 * <p>A few timesteps are written out one after the other. Of more, {@link #CHUNK} at a time are,
 * within a loop: a round of a loop costs as much as the ops of several timesteps.
 */
final class Chunks {

  private static final int MOST_WRITTEN = 32;
  private static final int CHUNK = 10;

  /** Some timesteps, written out. */
  @FunctionalInterface
  interface Body {

    /**
     * Adds their ops, which may use nothing but what is given here.
     *
     * @param tf where the ops go
     * @param steps the timesteps of each sequence, (batch, ...) each
     * @param same what is the same in all timesteps
     * @param states what the timesteps gone over before have left
     */
    Result add(
        Ops tf,
        List<List<Operand<TFloat32>>> steps,
        List<Operand<TFloat32>> same,
        List<Operand<TFloat32>> states);
  }

  /**
   * What some timesteps give.
   *
   * @param made the sequences, one timestep's rows below the other's: (timesteps * batch, width)
   *     each
   * @param states what they leave for the next ones
   */
  record Result(List<Operand<TFloat32>> made, List<Operand<TFloat32>> states) {}

  private final Ops tf;
  private final Body body;
  private final boolean backwards;
  private final List<Operand<TFloat32>> same;
  private final List<Long> widths;

  /**
   * What is to be done in each timestep.
   *
   * @param backwards whether the last one comes first
   * @param same what is the same in all of them
   * @param widths those of the sequences that are wanted: the first ones that the body makes
   */
  Chunks(Ops tf, boolean backwards, List<Operand<TFloat32>> same, List<Long> widths, Body body) {
    this.tf = tf;
    this.backwards = backwards;
    this.same = same;
    this.widths = widths;
    this.body = body;
  }

  /**
   * Adds the ops.
   *
   * @param sequences (timesteps, batch, ...) each
   * @param states those at the start
   */
  Result over(List<Operand<TFloat32>> sequences, List<Operand<TFloat32>> states) {
    long known = sequences.get(0).shape().get(0);
    if (known == Shape.UNKNOWN_SIZE) {
      return looped(sequences, Sizes.of(tf, sequences.get(0), 0), 1, states);
    }
    int timesteps = (int) known;
    if (timesteps <= MOST_WRITTEN) {
      return body.add(tf, unstacked(tf, sequences, timesteps), same, states);
    }
    int rest = timesteps % CHUNK;
    Operand<TInt32> rounds = tf.constant(timesteps / CHUNK);
    if (rest == 0) {
      return looped(sequences, rounds, CHUNK, states);
    }
    List<List<Operand<TFloat32>>> steps = cut(tf, sequences, tf.constant(timesteps - rest), rest);
    if (backwards) {
      Result last = body.add(tf, steps, same, states);
      Result first = looped(sequences, rounds, CHUNK, last.states());
      return new Result(joined(first, last), first.states());
    }
    Result first = looped(sequences, rounds, CHUNK, states);
    Result last = body.add(tf, steps, same, first.states());
    return new Result(joined(first, last), last.states());
  }

  private List<Operand<TFloat32>> joined(Result first, Result last) {
    List<Operand<TFloat32>> joined = new ArrayList<>();
    for (int i = 0; i < widths.size(); i++) {
      joined.add(tf.concat(List.of(first.made().get(i), last.made().get(i)), tf.constant(0)));
    }
    return joined;
  }

  /** Goes in a loop over as many timesteps, from the first one on, as there are rounds for. */
  private Result looped(
      List<Operand<TFloat32>> sequences,
      Operand<TInt32> rounds,
      int chunk,
      List<Operand<TFloat32>> states) {
    LoopVariables loop = new LoopVariables();
    List<TensorKey<TFloat32>> stateKeys = loop.addAll(states);
    List<TensorKey<TFloat32>> sameKeys = loop.addAll(same);
    List<TensorKey<TFloat32>> sequenceKeys = loop.addAll(sequences);
    TensorKey<TInt32> last = loop.add(tf.math.sub(rounds, tf.constant(1)));
    List<ArrayKey<TFloat32>> made = new ArrayList<>();
    widths.forEach(width -> made.add(loop.add(StepArray.empty(tf, rounds, TFloat32.class))));
    LoopVariables.Round end =
        loop.run(
            tf,
            rounds,
            (ops, r, round) -> {
              Operand<TInt32> index = backwards ? ops.math.sub(round.get(last), r) : r;
              Operand<TInt32> from = ops.math.mul(index, ops.constant(chunk));
              Result result =
                  body.add(
                      ops,
                      cut(ops, round.getAll(sequenceKeys), from, chunk),
                      round.getAll(sameKeys),
                      round.getAll(stateKeys));
              for (int i = 0; i < widths.size(); i++) {
                ArrayKey<TFloat32> key = made.get(i);
                round.set(key, round.get(key).write(ops, index, result.made().get(i)));
              }
              for (int i = 0; i < stateKeys.size(); i++) {
                round.set(stateKeys.get(i), result.states().get(i));
              }
            });
    List<Operand<TFloat32>> rows = new ArrayList<>();
    for (int i = 0; i < widths.size(); i++) {
      Shape shape = Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE, widths.get(i));
      rows.add(
          tf.reshape(
              end.get(made.get(i)).stack(tf, rounds, shape),
              tf.constant(new long[] {-1, widths.get(i)})));
    }
    return new Result(rows, end.getAll(stateKeys));
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
      steps.add(List.copyOf(tf.unstack(sequence, (long) timesteps, Unstack.axis(0L)).output()));
    }
    return steps;
  }
}
