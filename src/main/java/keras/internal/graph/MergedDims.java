package keras.internal.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Dimensions of the samples that were made a part of the batch, the outermost first: each timestep
 * of a sample, say, counts as a sample of its own.
 *
 * @param sizes how large they are; -1 where that is not known
 * @param counts the same as tensors
 */
record MergedDims(List<Long> sizes, List<Operand<TInt32>> counts) {

  static final MergedDims NONE = new MergedDims(List.of(), List.of());

  MergedDims and(long size, Operand<TInt32> count) {
    List<Long> moreSizes = new ArrayList<>(sizes);
    moreSizes.add(size);
    List<Operand<TInt32>> moreCounts = new ArrayList<>(counts);
    moreCounts.add(count);
    return new MergedDims(List.copyOf(moreSizes), List.copyOf(moreCounts));
  }

  Operand<TInt32> rowCount(Ops tf, Operand<TInt32> rows) {
    Operand<TInt32> product = rows;
    for (Operand<TInt32> count : counts) {
      product = tf.math.mul(product, count);
    }
    return product;
  }

  /** Makes (rows, sizes, ...) of the dimensions, which may be 1, and folds them into the rows. */
  <T extends TType> Operand<T> fold(Ops tf, Operand<T> rows) {
    if (sizes.isEmpty()) {
      return rows;
    }
    List<Operand<TInt32>> rest = Dims.from(tf, rows, 1 + sizes.size());
    List<Operand<TInt32>> spread = new ArrayList<>();
    spread.add(Dims.of(tf, rows, 0));
    spread.addAll(counts);
    spread.addAll(rest);
    List<Operand<TInt32>> folded = new ArrayList<>();
    folded.add(tf.constant(-1));
    folded.addAll(rest);
    return tf.reshape(tf.broadcastTo(rows, Dims.shape(tf, spread)), Dims.shape(tf, folded));
  }
}
