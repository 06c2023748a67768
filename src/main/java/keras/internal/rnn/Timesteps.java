package keras.internal.rnn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import keras.internal.graph.Dims;
import keras.internal.graph.Tuning;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Ops on all timesteps at once: as a sequence, (timesteps, batch, width), or as rows, (timesteps *
 * batch, width).
 */
public final class Timesteps {

  private Timesteps() {}

  /** From a sequence to rows. */
  static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> sequence) {
    return tf.reshape(sequence, tf.constant(new long[] {-1, sequence.shape().get(2)}));
  }

  /**
   * Rows of single timesteps, (timesteps * batch, width) each.
   *
   * @param steps for each timestep one tensor of each sequence, (batch, width) each
   */
  static List<Operand<TFloat32>> joined(Ops tf, List<List<Operand<TFloat32>>> steps) {
    return IntStream.range(0, steps.get(0).size())
        .mapToObj(i -> Dims.concat(tf, steps.stream().map(step -> step.get(i)).toList(), 0))
        .toList();
  }

  /** Returns the timesteps of some rows, (batch, width) each. */
  static List<Operand<TFloat32>> split(Ops tf, Operand<TFloat32> rows, int timesteps) {
    return List.copyOf(tf.split(tf.constant(0), rows, (long) timesteps).output());
  }

  /**
   * Sequences of single timesteps, (timesteps, batch, width) each.
   *
   * @param steps for each timestep one tensor of each sequence, (batch, width) each
   * @param wanted how many of the sequences
   */
  static List<Operand<TFloat32>> stacked(Ops tf, List<List<Operand<TFloat32>>> steps, int wanted) {
    return IntStream.range(0, wanted)
        .<Operand<TFloat32>>mapToObj(
            i -> tf.stack(steps.stream().map(step -> step.get(i)).toList()))
        .toList();
  }

  /** From rows to a sequence that is as long as another one. */
  static Operand<TFloat32> sequence(Ops tf, Operand<TFloat32> rows, Operand<TFloat32> like) {
    Shape shape = Shape.of(like.shape().get(0), like.shape().get(1), rows.shape().get(1));
    return tf.reshape(rows, Dims.shape(tf, like, shape));
  }

  /** Returns a state before each timestep: that at the start, and that after each but the last. */
  static Operand<TFloat32> before(Ops tf, Operand<TFloat32> start, Operand<TFloat32> after) {
    Operand<TFloat32> butLast =
        tf.slice(
            after,
            tf.constant(new int[] {0, 0, 0}),
            tf.math.sub(tf.shape(after), tf.constant(new int[] {1, 0, 0})));
    return tf.concat(List.of(tf.expandDims(start, tf.constant(0)), butLast), tf.constant(0));
  }

  /** Returns the gradient of a kernel from all its uses, given as rows. */
  static Operand<TFloat32> kernelGradient(
      Ops tf, Operand<TFloat32> lefts, Operand<TFloat32> products) {
    long width = products.shape().get(1);
    if (width < 2 * Tuning.COLUMNS_OF_A_KERNEL || width % Tuning.COLUMNS_OF_A_KERNEL != 0) {
      return tf.linalg.matMul(lefts, products, MatMul.transposeA(true));
    }
    long parts = Math.min(4, width / Tuning.COLUMNS_OF_A_KERNEL);
    List<Operand<TFloat32>> columns = new ArrayList<>();
    for (Operand<TFloat32> part : tf.split(tf.constant(1), products, parts)) {
      columns.add(tf.linalg.matMul(lefts, part, MatMul.transposeA(true)));
    }
    return Dims.concat(tf, columns, 1);
  }

  /** Returns the gradient of a bias from all its uses, given as rows. */
  static Operand<TFloat32> biasGradient(Ops tf, Operand<TFloat32> products) {
    long rows = products.shape().get(0);
    // Keras sums any number of rows so; for many of them it takes six times as long.
    return rows >= 0 && rows <= Tuning.FEW_ROWS_TO_SUM
        ? tf.sum(products, tf.constant(0))
        : tf.nn.biasAddGrad(products);
  }

  /** Returns the sum of two gradients, either of which may be missing. */
  public static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return a == null ? b : b == null ? a : tf.math.add(a, b);
  }
}
