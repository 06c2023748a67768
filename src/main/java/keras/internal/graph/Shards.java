package keras.internal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import keras.backend.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A batch of samples and how it is cut into shards: runs of rows, each of which goes through the
 * model as a chain of ops of its own, so that several cores work without waiting for one another.
 */
public final class Shards {

  private final ProgramBuilder program;
  private final long staticSize;
  private final Operand<TInt32> size;
  private final Replica replica;
  private final int shards;
  private final Recording recording = new Recording();
  private final List<Operand<?>> drawn = new ArrayList<>();
  private final Map<Variable, TreeMap<Integer, Operand<TFloat32>>> states = new HashMap<>();

  /**
   * Describes a batch.
   *
   * @param program the program that the ops are added to
   * @param input a tensor with one row a sample
   * @param shards into how many parts it is cut; at most as many as there are rows
   */
  public Shards(ProgramBuilder program, Operand<TFloat32> input, int shards) {
    this(program, input, shards, null);
  }

  /**
   * Describes a worker's rows of a batch that several workers share.
   *
   * @param program the program that the ops are added to
   * @param input a tensor with one row a sample
   * @param shards into how many parts it is cut; at most as many as there are rows
   * @param replica the worker's part of the step; null if it has the whole batch
   */
  public Shards(ProgramBuilder program, Operand<TFloat32> input, int shards, Replica replica) {
    this.program = program;
    this.replica = replica;
    this.staticSize = input.shape().get(0);
    this.shards = shards;
    Ops tf = program.tf();
    this.size =
        staticSize == Shape.UNKNOWN_SIZE ? Dims.of(tf, input, 0) : tf.constant((int) staticSize);
  }

  /**
   * Decides into how many shards a batch is cut: as many as there are cores, if it is worth it.
   *
   * @param batch the number of samples
   * @param work multiplications in one pass over a sample
   * @return 1 for small batches and for sizes that are not known
   */
  public static int count(long batch, double work) {
    boolean small = batch == Shape.UNKNOWN_SIZE || batch * work < Tuning.WORTH_SHARING;
    return small ? 1 : (int) Math.min(Engine.cores(), batch);
  }

  /**
   * Returns how many samples are too few to be cut into shards.
   *
   * @param work multiplications in one pass over a sample
   * @return the largest such number
   */
  public static long few(double work) {
    return (long) Math.ceil(Tuning.WORTH_SHARING / Math.max(1, work)) - 1;
  }

  /**
   * Returns the number of samples of the whole batch, those of other workers included.
   *
   * @return a scalar
   */
  public Operand<TInt32> size() {
    return replica == null ? size : replica.samples();
  }

  /** The number of this process's samples, where it is known beforehand. */
  long staticSize() {
    return staticSize;
  }

  /**
   * Returns the number of this process's samples.
   *
   * @return a scalar
   */
  public Operand<TInt32> ownSize() {
    return size;
  }

  /**
   * Returns where this process's samples begin in the whole batch.
   *
   * @return a scalar
   */
  public Operand<TInt32> offset() {
    return replica == null ? program.tf().constant(0) : replica.offset();
  }

  /**
   * Tells whether other workers have a part of the batch.
   *
   * @return false where one process runs alone
   */
  public boolean hasOthers() {
    return replica != null;
  }

  /**
   * Returns the rows of this process of something with one row for each sample of the whole batch.
   *
   * @param <T> the element type
   * @param ofAll as many rows as {@link #size}
   * @return as many rows as {@link #ownSize}
   */
  public <T extends TType> Operand<T> own(Operand<T> ofAll) {
    if (replica == null) {
      return ofAll;
    }
    Ops tf = program.tf();
    int rank = ofAll.shape().numDimensions();
    List<Operand<TInt32>> begin = new ArrayList<>(List.of(replica.offset()));
    List<Operand<TInt32>> count = new ArrayList<>(List.of(size));
    for (int i = 1; i < rank; i++) {
      begin.add(tf.constant(0));
      count.add(tf.constant((int) ofAll.shape().get(i)));
    }
    return tf.slice(ofAll, tf.stack(begin), tf.stack(count));
  }

  /**
   * Returns the number of shards.
   *
   * @return at least one
   */
  public int shards() {
    return shards;
  }

  /**
   * The rows of a shard.
   *
   * @param <T> the element type
   * @param whole a tensor with one row a sample
   * @param shard the shard's index
   * @return the shard's part of it
   */
  public <T extends TType> Operand<T> rows(Operand<T> whole, int shard) {
    if (shards == 1) {
      return whole;
    }
    Ops tf = program.tf();
    int rank = whole.shape().numDimensions();
    List<Operand<TInt32>> begin = new ArrayList<>();
    List<Operand<TInt32>> count = new ArrayList<>();
    begin.add(bound(shard));
    count.add(rowCount(shard));
    for (int i = 1; i < rank; i++) {
      begin.add(tf.constant(0));
      // A size that is known must stay known: layers look at it.
      count.add(tf.constant((int) whole.shape().get(i)));
    }
    if (staticSize == Shape.UNKNOWN_SIZE) {
      return tf.slice(whole, tf.stack(begin), tf.stack(count));
    }
    int[] from = new int[rank];
    int[] rows = new int[rank];
    java.util.Arrays.fill(rows, -1);
    from[0] = staticBound(shard);
    rows[0] = staticBound(shard + 1) - from[0];
    return tf.slice(whole, tf.constant(from), tf.constant(rows));
  }

  /**
   * Tells how many rows a shard has.
   *
   * @param shard the shard's index
   * @return a scalar
   */
  public Operand<TInt32> rowCount(int shard) {
    Ops tf = program.tf();
    return staticSize == Shape.UNKNOWN_SIZE
        ? shards == 1 ? size : tf.math.sub(bound(shard + 1), bound(shard))
        : tf.constant(staticBound(shard + 1) - staticBound(shard));
  }

  private int staticBound(int shard) {
    return (int) (staticSize * shard / shards);
  }

  private Operand<TInt32> bound(int shard) {
    Ops tf = program.tf();
    if (staticSize != Shape.UNKNOWN_SIZE) {
      return tf.constant(staticBound(shard));
    }
    return tf.math.floorDiv(tf.math.mul(size, tf.constant(shard)), tf.constant(shards));
  }

  /** Where the tapes of all shards record their steps. */
  Recording recording() {
    return recording;
  }

  /**
   * Something that is drawn at random for the whole batch, so that it does not depend on how the
   * batch is cut: the first shard draws it, the others use the same.
   */
  @SuppressWarnings("unchecked")
  <T extends TType> Operand<T> drawnOnce(int index, Supplier<Operand<T>> draw) {
    if (index == drawn.size()) {
      drawn.add(draw.get());
    }
    return (Operand<T>) drawn.get(index);
  }

  /** Keeps a shard's part of a state that has one row a sample, until another call replaces it. */
  void state(Variable variable, int shard, Operand<TFloat32> rows) {
    states.computeIfAbsent(variable, v -> new TreeMap<>()).put(shard, rows);
  }

  /** The shard's part of a state that a call has left, or null. */
  Operand<TFloat32> left(Variable variable, int shard) {
    return states.getOrDefault(variable, new TreeMap<>()).get(shard);
  }

  /** Adds the assignments of all states; to be called once every shard has gone through. */
  public void assignStates() {
    states.forEach(
        (variable, parts) ->
            program.assign(
                variable,
                parts.size() == 1
                    ? parts.firstEntry().getValue()
                    : program.tf().concat(parts.values(), program.tf().constant(0))));
  }
}
