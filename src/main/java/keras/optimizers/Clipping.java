package keras.optimizers;

import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Keeps gradients from being too large; of single rows what each use of a row gives. */
final class Clipping {

  private Clipping() {}

  /** Each gradient with elements between {@code -most} and {@code most}. */
  static List<Operand<TFloat32>> byValue(
      UpdateStep step, List<Operand<TFloat32>> gradients, double most) {
    Ops tf = step.tf();
    Operand<TFloat32> least = step.constant(-most);
    return all(
        gradients,
        each -> step.changed(each, part -> tf.clipByValue(part, least, step.constant(most))));
  }

  /** Returns each gradient with a norm of {@code most} or less. */
  static List<Operand<TFloat32>> byNorm(
      UpdateStep step, List<Operand<TFloat32>> gradients, double most) {
    Ops tf = step.tf();
    Operand<TFloat32> limit = step.constant(most);
    return all(
        gradients,
        each -> {
          Operand<TFloat32> norm = norm(step, step.halfSquares(each));
          Operand<TFloat32> factor = tf.math.div(limit, tf.math.maximum(norm, limit));
          return step.changed(each, part -> tf.math.mul(part, factor));
        });
  }

  /** Returns the gradients, as one long vector, with a norm of {@code most} or less. */
  static List<Operand<TFloat32>> byGlobalNorm(
      UpdateStep step, List<Operand<TFloat32>> gradients, double most) {
    Ops tf = step.tf();
    List<Operand<TFloat32>> halves = all(gradients, step::halfSquares);
    Operand<TFloat32> norm = norm(step, tf.math.addN(halves));
    Operand<TFloat32> inverse = tf.math.div(step.constant(1), norm);
    Operand<TFloat32> finite =
        tf.math.mul(step.constant(most), tf.math.minimum(inverse, step.constant(1 / most)));
    // Adds nothing, unless the norm is infinite or not a number: then the gradients become NaN.
    Operand<TFloat32> scale = tf.math.add(finite, tf.math.sub(norm, norm));
    return all(gradients, each -> tf.math.mul(each, scale));
  }

  /**
   * Returns the square root of twice what {@code l2Loss} gives, which is half the sum of squares.
   */
  private static Operand<TFloat32> norm(UpdateStep step, Operand<TFloat32> half) {
    return step.tf().math.sqrt(step.tf().math.mul(half, step.constant(2)));
  }

  private static List<Operand<TFloat32>> all(
      List<Operand<TFloat32>> gradients, UnaryOperator<Operand<TFloat32>> change) {
    return gradients.stream().map(change).toList();
  }
}
