package keras.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** The pieces that several losses are made of. */
final class Formulas {

  /** Keras's {@code backend.epsilon()}. */
  static final float EPSILON = 1e-7f;

  private Formulas() {}

  static Operand<TFloat32> meanOfLast(Ops tf, Operand<TFloat32> x) {
    return tf.math.mean(x, tf.constant(-1));
  }

  static Operand<TFloat32> sumOfLast(Ops tf, Operand<TFloat32> x) {
    return tf.sum(x, tf.constant(-1));
  }

  static Operand<TFloat32> clip(Ops tf, Operand<TFloat32> x, float least, float most) {
    return tf.math.maximum(tf.math.minimum(x, tf.constant(most)), tf.constant(least));
  }

  /** Keeps probabilities away from 0 and 1, where their logarithm is not finite. */
  static Operand<TFloat32> clipProbabilities(Ops tf, Operand<TFloat32> x) {
    return clip(tf, x, EPSILON, 1 - EPSILON);
  }

  /** Of length 1 along an axis, but for vectors of length 0. */
  static Operand<TFloat32> normalize(Ops tf, Operand<TFloat32> x, int axis) {
    Operand<TFloat32> squares = tf.sum(tf.math.square(x), tf.constant(axis), Sum.keepDims(true));
    Operand<TFloat32> inverse =
        tf.math.minimum(tf.math.rsqrt(squares), tf.constant((float) (1 / 1e-7)));
    return tf.math.mul(x, inverse);
  }

  /** Smoothed targets: {@code y (1 - smoothing) + smoothing * share}. */
  static Operand<TFloat32> smooth(
      Ops tf, Operand<TFloat32> y, double smoothing, Operand<TFloat32> share) {
    return smoothing == 0
        ? y
        : tf.math.add(
            tf.math.mul(y, tf.constant((float) (1 - smoothing))),
            tf.math.mul(tf.constant((float) smoothing), share));
  }

  /**
   * Targets of 0 and 1 as -1 and 1; others are left as they are.
   *
   * <p>Porting note: Keras looks at the targets of the whole batch, this at those of the part of it
   * that is computed at once. The two differ only for a batch that mixes 0 and 1 with other
   * targets.
   */
  static Operand<TFloat32> toHingeLabels(Ops tf, Operand<TFloat32> y) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TBool> isZeroOrOne =
        tf.math.logicalOr(tf.math.equal(y, tf.constant(0f)), tf.math.equal(y, one));
    Operand<TBool> all =
        tf.reduceAll(tf.reshape(isZeroOrOne, tf.constant(new int[] {-1})), tf.constant(0));
    return tf.select(all, tf.math.sub(tf.math.mul(tf.constant(2f), y), one), y);
  }

  /** {@code max(1 - yTrue yPred, 0)}. */
  static Operand<TFloat32> hinge(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> agreement = tf.math.mul(toHingeLabels(tf, yTrue), yPred);
    return tf.math.maximum(tf.math.sub(tf.constant(1f), agreement), tf.constant(0f));
  }
}
