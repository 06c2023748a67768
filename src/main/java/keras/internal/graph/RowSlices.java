package keras.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A gradient of some rows of a matrix: what each use of a row adds to it. Python: {@code
 * tf.IndexedSlices}.
 *
 * @param values the gradients of the rows, (uses, width)
 * @param rows which rows, (uses); one may occur several times
 * @param count how many rows the matrix has
 */
public record RowSlices(Operand<TFloat32> values, Operand<TInt32> rows, long count) {

  /** Returns the whole matrix, in which what belongs to one row is added up. */
  public Operand<TFloat32> dense(Ops tf) {
    return tf.math.unsortedSegmentSum(values, rows, tf.constant((int) count));
  }

  /** Returns the same rows with other values. */
  public RowSlices with(UnaryOperator<Operand<TFloat32>> change) {
    return new RowSlices(change.apply(values), rows, count);
  }

  /** Joins what several uses of one matrix give. */
  static RowSlices joined(Ops tf, List<RowSlices> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    List<Operand<TFloat32>> values = new ArrayList<>();
    List<Operand<TInt32>> rows = new ArrayList<>();
    for (RowSlices part : parts) {
      values.add(part.values());
      rows.add(part.rows());
    }
    return new RowSlices(
        tf.concat(values, tf.constant(0)), tf.concat(rows, tf.constant(0)), parts.get(0).count());
  }
}
