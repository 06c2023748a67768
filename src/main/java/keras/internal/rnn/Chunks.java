package keras.internal.rnn;

import java.util.ArrayList;
import java.util.List;
import keras.internal.graph.Dims;
import keras.internal.graph.LoopVariables;
import keras.internal.graph.LoopVariables.TensorKey;
import keras.internal.graph.StepArray;
import keras.internal.graph.Tuning;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Goes over the timesteps of sequences with a state, from the first one on or from the last one
 * back. Everything is time-major.
 *
 * <p>A few timesteps are written out one after the other. Of more, ten at a time are, within a loop
 * in the graph: a round of a loop costs as much as the ops of several timesteps, and a graph of all
 * timesteps takes long to prepare for its first run. What a chunk computes stays in the processor's
 * cache.
 */
final class Chunks {

  /** Some timesteps, written out. */
  @FunctionalInterface
  interface Body {

    /**
     * Adds their ops, which may use nothing but what is given here.
     *
     * @param tf where the ops go
     * @param chunk the timesteps
     * @param states the states after the timesteps before
     */
    Result add(Ops tf, Chunk chunk, List<Operand<TFloat32>> states);
  }

  /**
   * The data of some timesteps.
   *
   * @param count the number of timesteps
   * @param sequences (count, batch, width) each
   * @param mask which elements of a state each timestep changes, (count, batch, units); null if it
   *     changes all
   * @param same tensors that are the same in all timesteps
   */
  record Chunk(
      int count,
      List<Operand<TFloat32>> sequences,
      Operand<TBool> mask,
      List<List<Operand<TFloat32>>> same) {

    /** Single timesteps of a sequence, (batch, width) each. */
    <T extends TType> List<Operand<T>> steps(Ops tf, Operand<T> sequence) {
      return List.copyOf(tf.unstack(sequence, (long) count).output());
    }
  }

  /**
   * The results of some timesteps.
   *
   * @param made the sequences, (timesteps, batch, width) each
   * @param states the states after them
   */
  record Result(List<Operand<TFloat32>> made, List<Operand<TFloat32>> states) {}

  private final Ops tf;
  private final List<Long> widths;
  private final Body body;
  private int size = Tuning.TIMESTEPS_A_ROUND;
  private boolean backwards;
  private boolean unrolled;

  /**
   * The ops of each timestep.
   *
   * @param widths those of the sequences that the body makes
   */
  Chunks(Ops tf, List<Long> widths, Body body) {
    this.tf = tf;
    this.widths = widths;
    this.body = body;
  }

  /** Has the last timestep come first. */
  Chunks backwards() {
    backwards = true;
    return this;
  }

  /**
   * Takes half as many timesteps at a time: a little slower, but the first run begins sooner. For
   * predictions, whose graph has nothing else to prepare.
   */
  Chunks small(boolean value) {
    size = value ? Tuning.TIMESTEPS_A_ROUND_IN_PREDICTIONS : Tuning.TIMESTEPS_A_ROUND;
    return this;
  }

  /** Says whether all timesteps are written out, whatever their number, which must be known. */
  Chunks unrolled(boolean value) {
    unrolled = value;
    return this;
  }

  /**
   * Adds the ops.
   *
   * @param sequences (timesteps, batch, ...) each
   * @param mask as in {@link Chunk}, of all timesteps
   * @param same as in {@link Chunk}
   * @param states those at the start
   */
  Result over(
      List<Operand<TFloat32>> sequences,
      Operand<TBool> mask,
      List<List<Operand<TFloat32>>> same,
      List<Operand<TFloat32>> states) {
    long timesteps = sequences.get(0).shape().get(0);
    if (timesteps != Shape.UNKNOWN_SIZE
        && (unrolled || timesteps <= Tuning.MOST_TIMESTEPS_WRITTEN)) {
      return body.add(tf, new Chunk((int) timesteps, sequences, mask, same), states);
    }
    return new Loop(new Chunk(0, sequences, mask, same), states).run();
  }

  /** Goes over whole chunks in a loop, and over the timesteps that are left at the end. */
  private final class Loop {

    private final Chunk all;
    private final List<Operand<TFloat32>> start;
    private List<Operand<TFloat32>> states;
    private List<StepArray> made;

    Loop(Chunk all, List<Operand<TFloat32>> states) {
      this.all = all;
      this.start = states;
      this.states = states;
    }

    Result run() {
      Operand<TFloat32> first = all.sequences().get(0);
      Operand<TInt32> timesteps = Dims.of(tf, first, 0);
      Operand<TInt32> batch = Dims.of(tf, first, 1);
      made = widths.stream().map(width -> StepArray.empty(tf, timesteps, batch, width)).toList();
      long known = first.shape().get(0);
      Operand<TInt32> zero = tf.constant(0);
      if (known == Shape.UNKNOWN_SIZE) {
        Operand<TInt32> rounds = tf.math.floorDiv(timesteps, tf.constant(size));
        Operand<TInt32> whole = tf.math.mul(rounds, tf.constant(size));
        Operand<TInt32> rest = tf.math.sub(timesteps, whole);
        inOrder(() -> loop(zero, rounds, size), () -> loop(whole, rest, 1));
      } else {
        int rounds = (int) known / size;
        int rest = (int) known % size;
        inOrder(
            () -> loop(zero, tf.constant(rounds), size),
            () -> write(tf.constant(rounds * size), rest));
      }
      List<Operand<TFloat32>> sequences = new ArrayList<>();
      for (int i = 0; i < widths.size(); i++) {
        Shape shape = Shape.of(known, first.shape().get(1), widths.get(i));
        sequences.add(tf.ensureShape(made.get(i).tensor(), shape));
      }
      return new Result(sequences, states);
    }

    private void inOrder(Runnable whole, Runnable rest) {
      (backwards ? rest : whole).run();
      (backwards ? whole : rest).run();
    }

    /** Writes out some timesteps. */
    private void write(Operand<TInt32> from, int count) {
      if (count > 0) {
        Result result = body.add(tf, cut(tf, all, from, count), states);
        List<StepArray> arrays = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
          arrays.add(made.get(i).write(tf, from, count, result.made().get(i)));
        }
        made = arrays;
        states = result.states();
      }
    }

    /** Adds a loop of some rounds with so many timesteps each. */
    private void loop(Operand<TInt32> begin, Operand<TInt32> rounds, int count) {
      LoopVariables loop = new LoopVariables();
      List<TensorKey<TFloat32>> stateKeys = loop.addAll(states);
      List<TensorKey<TFloat32>> madeKeys =
          loop.addAll(made.stream().map(StepArray::tensor).toList());
      List<TensorKey<TFloat32>> sequenceKeys = loop.addAll(all.sequences());
      TensorKey<TBool> mask = all.mask() == null ? null : loop.add(all.mask());
      List<List<TensorKey<TFloat32>>> sameKeys = all.same().stream().map(loop::addAll).toList();
      TensorKey<TInt32> first = loop.add(begin);
      TensorKey<TInt32> last = loop.add(tf.math.sub(rounds, tf.constant(1)));
      LoopVariables.Round end =
          loop.run(
              tf,
              rounds,
              (ops, r, round) -> {
                Operand<TInt32> index = backwards ? ops.math.sub(round.get(last), r) : r;
                Operand<TInt32> from =
                    ops.math.add(round.get(first), ops.math.mul(index, ops.constant(count)));
                List<List<Operand<TFloat32>>> same = new ArrayList<>();
                for (int i = 0; i < sameKeys.size(); i++) {
                  same.add(shaped(ops, round.getAll(sameKeys.get(i)), all.same().get(i)));
                }
                Chunk now =
                    new Chunk(
                        0, round.getAll(sequenceKeys), mask == null ? null : round.get(mask), same);
                Result result =
                    body.add(
                        ops,
                        cut(ops, now, from, count),
                        shaped(ops, round.getAll(stateKeys), start));
                for (int i = 0; i < madeKeys.size(); i++) {
                  TensorKey<TFloat32> key = madeKeys.get(i);
                  StepArray array = new StepArray(round.get(key));
                  round.set(key, array.write(ops, from, count, result.made().get(i)).tensor());
                }
                for (int i = 0; i < stateKeys.size(); i++) {
                  round.set(stateKeys.get(i), result.states().get(i));
                }
              });
      made = end.getAll(madeKeys).stream().map(StepArray::new).toList();
      states = shaped(tf, end.getAll(stateKeys), start);
    }

    /** Returns some timesteps of all. */
    private Chunk cut(Ops ops, Chunk whole, Operand<TInt32> from, int count) {
      List<Operand<TFloat32>> parts = new ArrayList<>();
      for (int i = 0; i < whole.sequences().size(); i++) {
        parts.add(cut(ops, whole.sequences().get(i), all.sequences().get(i).shape(), from, count));
      }
      return new Chunk(
          count,
          parts,
          whole.mask() == null ? null : cut(ops, whole.mask(), all.mask().shape(), from, count),
          whole.same());
    }

    private static <T extends TType> Operand<T> cut(
        Ops ops, Operand<T> sequence, Shape shape, Operand<TInt32> from, int count) {
      Operand<TInt32> zero = ops.constant(0);
      Operand<T> part =
          ops.slice(
              sequence,
              ops.stack(List.of(from, zero, zero)),
              ops.constant(new int[] {count, -1, -1}));
      return ops.ensureShape(part, Shape.of(count, shape.get(1), shape.get(2)));
    }

    /** Gives tensors the shapes of others: a loop forgets them. */
    private static List<Operand<TFloat32>> shaped(
        Ops ops, List<Operand<TFloat32>> tensors, List<Operand<TFloat32>> like) {
      List<Operand<TFloat32>> shaped = new ArrayList<>();
      for (int i = 0; i < tensors.size(); i++) {
        shaped.add(ops.ensureShape(tensors.get(i), like.get(i).shape()));
      }
      return shaped;
    }
  }
}
