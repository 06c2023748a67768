package keras.internal.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import keras.backend.Variable;
import keras.internal.graph.Dims;
import keras.internal.graph.ProgramBuilder;
import keras.internal.graph.Shards;
import keras.internal.graph.Tape;
import keras.random.SeedGenerator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.StatelessRandomGetKeyCounter;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Where a layer's random numbers come from: a seed and a counter that moves on with each draw.
 * Keras: {@code keras.random.SeedGenerator} inside of a layer.
 *
 * <p>Every draw is made once for the whole batch, from the same ops with the same keys as in Keras,
 * so that it does not depend on how the batch is cut and equals Keras's to the last bit.
 */
public final class SeedState {

  /** Keras folds its 64-bit seeds into TensorFlow's 32-bit ones with this modulus. */
  private static final long SEEDS = Integer.MAX_VALUE - 1;

  /** TensorFlow's number for "the algorithm that suits the device". */
  private static final int AUTO_SELECT = 3;

  /** A stateless random op, and what is made of its numbers. */
  @FunctionalInterface
  public interface RandomOp {
    /**
     * Adds the ops.
     *
     * @param tf where they go
     * @param shape the shape that is wanted
     * @param key the key and counter of the op
     * @param algorithm the algorithm of the op
     */
    Operand<TFloat32> draw(
        Ops tf, Operand<TInt32> shape, StatelessRandomGetKeyCounter key, Operand<TInt32> algorithm);
  }

  /**
   * Something to draw.
   *
   * @param op the op that draws
   * @param perSample whether every sample gets numbers of its own, or all the same
   * @param sample the shape of one sample's numbers
   */
  public record Draw(RandomOp op, boolean perSample, List<Operand<TInt32>> sample) {}

  private Long given;
  private Variable state;

  /** How many draws a program has made already, known by the batch that it works on. */
  private final Map<Shards, Integer> made = new WeakHashMap<>();

  /** A state whose seed is set or drawn later. */
  public SeedState() {}

  /** The state of a generator, as it is now. */
  public SeedState(SeedGenerator generator) {
    state = Variable.ofLongs("seed_generator_state", Shape.of(2), generator.state());
  }

  /** Sets the seed; null for one that is drawn. */
  public void seed(Long value) {
    given = value;
    state = null;
  }

  /** Returns the seed as it was given, or null. */
  public Long given() {
    return given;
  }

  /** Draws the seed if none was given; to be called when Keras would construct the layer. */
  public void drawSeed() {
    if (state == null) {
      SeedGenerator first = given == null ? new SeedGenerator() : new SeedGenerator(given);
      state = Variable.ofLongs("seed_generator_state", Shape.of(2), first.state());
    }
  }

  /** Returns the seed and the counter. */
  public Variable variable() {
    drawSeed();
    return state;
  }

  /**
   * Moves on as if something had been drawn: recurrent layers do that where they don't train.
   *
   * @param tape the tape that the layer is recorded on
   * @param draws how many draws a call of the layer makes
   */
  void skip(Tape tape, int draws) {
    if (!tape.changesVariables()) {
      return;
    }
    Operand<?> unused = tape.drawnOnce(() -> keys(tape, draws * times(tape)));
  }

  /**
   * Draws.
   *
   * <p>Where a wrapper has folded timesteps into the batch, Keras calls the layer once for each
   * timestep; if their number is unknown, once for all of them.
   *
   * @param tape the tape that the layer is recorded on
   * @param wanted the draws of one call of the layer, in order
   * @return this shard's part of each, or (1, ...) of what is the same for all samples
   */
  public List<Operand<TFloat32>> draw(Tape tape, List<Draw> wanted) {
    int times = times(tape);
    Operand<TInt64> keys = tape.drawnOnce(() -> keys(tape, wanted.size() * times));
    List<Operand<TFloat32>> parts = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Draw draw = wanted.get(i);
      int index = i;
      Operand<TFloat32> whole =
          tape.drawnOnce(
              () -> {
                List<Operand<TFloat32>> calls = new ArrayList<>();
                for (int call = 0; call < times; call++) {
                  calls.add(one(tape, draw, keys, call * wanted.size() + index));
                }
                return spread(tape, draw, calls);
              });
      boolean plain = !draw.perSample() && tape.foldedSizes().isEmpty();
      parts.add(plain ? whole : tape.rowsDrawn(whole));
    }
    return parts;
  }

  /** Tells how often Keras calls the layer. */
  private static int times(Tape tape) {
    long product = 1;
    for (long size : tape.foldedSizes()) {
      product *= size < 0 ? 1 : size;
    }
    return (int) product;
  }

  /** Returns the seeds of the next draws, (draws, 2); moves the counter on. */
  private Operand<TInt64> keys(Tape tape, int draws) {
    ProgramBuilder program = tape.program();
    Ops tf = tape.tf();
    Operand<TInt64> start = program.longValue(variable());
    int before = made.merge(tape.shards(), draws, Integer::sum) - draws;
    long[][] ahead = new long[draws][2];
    for (int i = 0; i < draws; i++) {
      ahead[i][1] = (long) before + i;
    }
    program.update(
        tf.withControlDependencies(start)
            .assignAddVariableOp(program.handle(state), tf.constant(new long[] {0, draws})));
    return tf.math.floorMod(tf.math.add(start, tf.constant(ahead)), tf.constant(SEEDS));
  }

  private static Operand<TFloat32> one(Tape tape, Draw draw, Operand<TInt64> keys, int index) {
    Ops tf = tape.tf();
    Operand<TInt64> seed =
        tf.reshape(
            tf.slice(keys, tf.constant(new int[] {index, 0}), tf.constant(new int[] {1, 2})),
            tf.constant(new int[] {2}));
    List<Operand<TInt32>> shape = new ArrayList<>();
    shape.add(draw.perSample() ? tape.shards().size() : tf.constant(1));
    shape.addAll(draw.sample());
    return draw.op()
        .draw(
            tf,
            Dims.shape(tf, shape),
            tf.random.statelessRandomGetKeyCounter(tf.dtypes.cast(seed, TInt32.class)),
            tf.constant(AUTO_SELECT));
  }

  /** Lays the draws of all calls out as (batch, folded dimensions, ...). */
  private static Operand<TFloat32> spread(Tape tape, Draw draw, List<Operand<TFloat32>> calls) {
    List<Long> folded = tape.foldedSizes();
    if (folded.isEmpty()) {
      return calls.get(0);
    }
    Ops tf = tape.tf();
    List<Operand<TInt32>> shape = new ArrayList<>();
    shape.add(tape.shards().size());
    folded.forEach(size -> shape.add(tf.constant(size < 0 ? 1 : size.intValue())));
    shape.addAll(draw.sample());
    Operand<TFloat32> stacked = tf.stack(calls, org.tensorflow.op.core.Stack.axis(1L));
    if (draw.perSample()) {
      return tf.reshape(stacked, Dims.shape(tf, shape));
    }
    List<Operand<TInt32>> same = new ArrayList<>(shape);
    same.set(0, tf.constant(1));
    return tf.broadcastTo(tf.reshape(stacked, Dims.shape(tf, same)), Dims.shape(tf, shape));
  }
}
