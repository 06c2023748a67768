package keras.internal.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Adds up the gradients of a step over all workers, and other numbers with them, in one vector.
 *
 * <p>A gradient of single rows, as an embedding has it, is not added up but put together: the
 * optimizers look at what each use of a row gives.
 */
public final class ReplicaSum {

  private static final Operand<TFloat32> NONE = null;

  /** An index is sent as how often this goes into it, and what is left. */
  private static final int DIGITS = 1 << 16;

  private final ProgramBuilder program;
  private final Shards shards;
  private final Ops tf;
  private final List<Operand<TFloat32>> sums = new ArrayList<>();
  private Operand<TFloat32> numbers;

  /** Rows that are put together, and how many there are of each sample. */
  private record Rows(int index, RowSlices slices, long width, Operand<TInt32> perSample) {}

  /**
   * Adds up.
   *
   * @param program the program of a step of several workers
   * @param shards this worker's rows
   * @param gradients null where there is none
   * @param numbers a vector of known length
   */
  public ReplicaSum(
      ProgramBuilder program,
      Shards shards,
      List<Operand<TFloat32>> gradients,
      Operand<TFloat32> numbers) {
    this.program = program;
    this.shards = shards;
    this.tf = program.tf();
    List<Operand<TFloat32>> parts = new ArrayList<>(List.of(numbers));
    List<Rows> rows = new ArrayList<>();
    long fixed = numbers.shape().get(0);
    long perSample = 0;
    for (int i = 0; i < gradients.size(); i++) {
      Operand<TFloat32> gradient = gradients.get(i);
      RowSlices slices = gradient == null ? null : program.rowsOf(gradient);
      if (slices != null) {
        Rows each = rows(i, slices);
        rows.add(each);
        perSample += uses(slices) * (each.width() + 2);
      } else if (gradient != null) {
        parts.add(tf.reshape(gradient, tf.constant(new int[] {-1})));
        fixed += gradient.shape().size();
      }
    }
    for (Rows each : rows) {
      parts.add(inPlace(each, each.slices().values(), each.width()));
      // A float does not hold all digits of a large index.
      Operand<TInt32> index = each.slices().rows();
      parts.add(inPlace(each, floats(tf.math.floorDiv(index, tf.constant(DIGITS))), 1));
      parts.add(inPlace(each, floats(tf.math.floorMod(index, tf.constant(DIGITS))), 1));
    }
    Operand<TFloat32> own = parts.size() == 1 ? numbers : tf.concat(parts, tf.constant(0));
    unpack(program.vectorOverWorkers(own, fixed, perSample), gradients, rows, numbers.shape());
  }

  private Rows rows(int index, RowSlices slices) {
    long uses = uses(slices);
    return new Rows(
        index,
        slices,
        slices.values().shape().get(1),
        uses < 0
            ? tf.math.floorDiv(Dims.of(tf, slices.rows(), 0), shards.ownSize())
            : tf.constant((int) uses));
  }

  /** Tells how many rows there are of each sample; -1 where the size of the batch is left open. */
  private long uses(RowSlices slices) {
    long all = slices.rows().shape().get(0);
    return all < 0 || shards.staticSize() < 0 ? -1 : all / shards.staticSize();
  }

  /** Returns a vector with rows for all samples, which are zero but for this worker's. */
  private Operand<TFloat32> inPlace(Rows each, Operand<TFloat32> own, long width) {
    Operand<TInt32> numbers = tf.math.mul(each.perSample(), tf.constant((int) width));
    Operand<TInt32> before = tf.math.mul(shards.offset(), numbers);
    Operand<TInt32> all = tf.math.mul(shards.size(), numbers);
    Operand<TFloat32> flat = tf.reshape(own, tf.constant(new int[] {-1}));
    Operand<TInt32> after = tf.math.sub(tf.math.sub(all, before), Dims.of(tf, flat, 0));
    return tf.pad(
        flat,
        tf.reshape(tf.stack(List.of(before, after)), tf.constant(new int[] {1, 2})),
        tf.constant(0f));
  }

  private void unpack(
      Operand<TFloat32> all, List<Operand<TFloat32>> gradients, List<Rows> rows, Shape numbers) {
    Operand<TInt32> from = tf.constant(0);
    this.numbers = slice(all, from, tf.constant((int) numbers.get(0)));
    this.numbers = tf.ensureShape(this.numbers, numbers);
    from = tf.constant((int) numbers.get(0));
    for (Operand<TFloat32> gradient : gradients) {
      if (gradient == null || program.rowsOf(gradient) != null) {
        sums.add(NONE);
        continue;
      }
      Operand<TInt32> size = tf.constant((int) gradient.shape().size());
      sums.add(tf.reshape(slice(all, from, size), tf.constant(gradient.shape().asArray())));
      from = tf.math.add(from, size);
    }
    for (Rows each : rows) {
      Operand<TInt32> uses = tf.math.mul(shards.size(), each.perSample());
      Operand<TInt32> size = tf.math.mul(uses, tf.constant((int) each.width()));
      Operand<TFloat32> values =
          tf.reshape(slice(all, from, size), tf.constant(new int[] {-1, (int) each.width()}));
      from = tf.math.add(from, size);
      Operand<TInt32> high = tf.dtypes.cast(slice(all, from, uses), TInt32.class);
      from = tf.math.add(from, uses);
      Operand<TInt32> low = tf.dtypes.cast(slice(all, from, uses), TInt32.class);
      from = tf.math.add(from, uses);
      Operand<TInt32> indices = tf.math.add(tf.math.mul(high, tf.constant(DIGITS)), low);
      RowSlices together = new RowSlices(values, indices, each.slices().count());
      Operand<TFloat32> dense = together.dense(tf);
      program.noteRows(dense, together);
      sums.set(each.index(), dense);
    }
  }

  private Operand<TFloat32> floats(Operand<TInt32> numbers) {
    return tf.dtypes.cast(numbers, TFloat32.class);
  }

  private Operand<TFloat32> slice(
      Operand<TFloat32> vector, Operand<TInt32> from, Operand<TInt32> size) {
    int[] one = {1};
    return tf.slice(vector, tf.reshape(from, tf.constant(one)), tf.reshape(size, tf.constant(one)));
  }

  /**
   * Returns the sums of the gradients.
   *
   * @return null where there was none
   */
  public List<Operand<TFloat32>> gradients() {
    return sums;
  }

  /**
   * Returns the sums of the other numbers.
   *
   * @return a vector
   */
  public Operand<TFloat32> numbers() {
    return numbers;
  }
}
