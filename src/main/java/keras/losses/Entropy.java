package keras.losses;

import keras.internal.losses.Ranks;
import keras.internal.messages.Errors;
import org.tensorflow.Operand;
import org.tensorflow.framework.op.FrameworkOps;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The crossentropies of Keras's TensorFlow backend, composed of ops that have a gradient. */
final class Entropy {

  private Entropy() {}

  /** Element by element, from probabilities. */
  static Operand<TFloat32> binary(
      Ops tf, String loss, Operand<TFloat32> target, Operand<TFloat32> probabilities) {
    checkSameShape(loss, target.shape(), probabilities.shape());
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> p = Formulas.clipProbabilities(tf, probabilities);
    Operand<TFloat32> ones = tf.math.mul(target, tf.math.log(p));
    Operand<TFloat32> zeros =
        tf.math.mul(tf.math.sub(one, target), tf.math.log(tf.math.sub(one, p)));
    return tf.math.neg(tf.math.add(ones, zeros));
  }

  /** Element by element, from logits: {@code max(x, 0) - x z + log(1 + exp(-|x|))}. */
  static Operand<TFloat32> binaryFromLogits(
      Ops tf, String loss, Operand<TFloat32> target, Operand<TFloat32> logits) {
    checkSameShape(loss, target.shape(), logits.shape());
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TBool> positive = tf.math.greaterEqual(logits, zero);
    Operand<TFloat32> negative = tf.math.neg(logits);
    Operand<TFloat32> negativeMagnitude = tf.select(positive, negative, logits);
    Operand<TFloat32> linear =
        tf.math.sub(tf.select(positive, logits, tf.zerosLike(logits)), tf.math.mul(logits, target));
    return tf.math.add(linear, tf.math.log1p(tf.math.exp(negativeMagnitude)));
  }

  /** Along an axis, from values that are scaled to sum to 1. */
  static Operand<TFloat32> categorical(
      Ops tf, String loss, Operand<TFloat32> target, Operand<TFloat32> output, int axis) {
    checkSameShape(loss, target.shape(), output.shape());
    Operand<TFloat32> given = tf.stopGradient(output);
    Operand<TFloat32> total = tf.sum(given, tf.constant(axis), Sum.keepDims(true));
    Operand<TFloat32> scaled = tf.math.div(given, total);
    Operand<TFloat32> p = Formulas.clipProbabilities(tf, scaled);
    Operand<TFloat32> value =
        tf.math.neg(tf.sum(tf.math.mul(target, tf.math.log(p)), tf.constant(axis)));

    Operand<TFloat32> kept = tf.dtypes.cast(tf.math.equal(scaled, p), TFloat32.class);
    Operand<TFloat32> ofScaled = tf.math.mul(tf.math.neg(tf.math.div(target, p)), kept);
    Operand<TFloat32> along =
        tf.sum(tf.math.mul(ofScaled, scaled), tf.constant(axis), Sum.keepDims(true));
    Operand<TFloat32> gradient = tf.math.div(tf.math.sub(ofScaled, along), total);
    return tf.math.add(value, onlyGradient(tf, output, gradient, axis));
  }

  /**
   * Zero, with this gradient along an axis. What TensorFlow finds by itself for a chain of ops goes
   * over the numbers several times as often as the formula.
   */
  private static Operand<TFloat32> onlyGradient(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> gradient, int axis) {
    Operand<TFloat32> product =
        tf.sum(tf.math.mul(x, tf.stopGradient(gradient)), tf.constant(axis));
    return tf.math.sub(product, tf.stopGradient(product));
  }

  /** Scaled to sum to 1 along an axis, and kept away from 0 and 1. */
  static Operand<TFloat32> probabilities(Ops tf, Operand<TFloat32> output, int axis) {
    Operand<TFloat32> total = tf.sum(output, tf.constant(axis), Sum.keepDims(true));
    return Formulas.clipProbabilities(tf, tf.math.div(output, total));
  }

  /** Along an axis, from logits. */
  static Operand<TFloat32> categoricalFromLogits(
      Ops tf, String loss, Operand<TFloat32> target, Operand<TFloat32> logits, int axis) {
    checkSameShape(loss, target.shape(), logits.shape());
    int rank = logits.shape().numDimensions();
    int at = axis < 0 ? axis + rank : axis;
    if (at == rank - 1) {
      return onLastAxis(tf, target, logits);
    }
    int[] order = new int[rank];
    for (int i = 0; i < rank - 1; i++) {
      order[i] = i < at ? i : i + 1;
    }
    order[rank - 1] = at;
    Operand<TInt32> toEnd = tf.constant(order);
    return onLastAxis(tf, tf.linalg.transpose(target, toEnd), tf.linalg.transpose(logits, toEnd));
  }

  /** Returns the framework's op takes other axes as well, but fails at them. */
  private static Operand<TFloat32> onLastAxis(
      Ops tf, Operand<TFloat32> target, Operand<TFloat32> logits) {
    return FrameworkOps.create(tf).nn.softmaxCrossEntropyWithLogits(target, logits, -1);
  }

  /**
   * For class numbers, along the last axis, from logits. A class that there is not gives NaN.
   *
   * @param labels class numbers, of the logits' shape without its last dimension
   */
  static Operand<TFloat32> sparseFromLogits(
      Ops tf, String loss, Operand<TFloat32> labels, Operand<TFloat32> logits) {
    Shape outer = logits.shape().take(logits.shape().numDimensions() - 1);
    if (!agree(labels.shape(), outer)) {
      throw Errors.in(loss, "targets and predictions do not belong together.")
          .expected(Errors.shape(outer.asArray()) + ", one class number per prediction")
          .got("targets of shape " + Errors.shape(labels.shape().asArray()))
          .fix("give class numbers as targets, or use \"categorical_crossentropy\" for vectors")
          .argument();
    }
    long classes = Ranks.last(logits.shape());
    if (classes < 0) {
      throw Errors.in(loss, "the number of classes must be known.")
          .expected("predictions (batch, ..., classes) with classes known")
          .got(Errors.shape(logits.shape().asArray()))
          .fix("end the model with a layer of known units")
          .argument();
    }
    Operand<TInt32> index = tf.dtypes.cast(labels, TInt32.class);
    Operand<TInt32> depth = tf.constant((int) classes);
    Operand<TBool> known =
        tf.math.logicalAnd(tf.math.greaterEqual(index, tf.constant(0)), tf.math.less(index, depth));
    Operand<TFloat32> target = tf.oneHot(index, depth, tf.constant(1f), tf.constant(0f));
    return tf.select(known, onLastAxis(tf, target, logits), tf.constant(Float.NaN));
  }

  private static void checkSameShape(String loss, Shape target, Shape output) {
    if (!agree(target, output)) {
      throw Errors.in(loss, "targets and predictions must have the same shape.")
          .expected("targets of shape " + Errors.shape(output.asArray()))
          .got(Errors.shape(target.asArray()))
          .fix("give targets of the shape that the model's last layer has")
          .argument();
    }
  }

  private static boolean agree(Shape a, Shape b) {
    if (a.numDimensions() != b.numDimensions()) {
      return false;
    }
    for (int i = 0; i < a.numDimensions(); i++) {
      if (a.get(i) >= 0 && b.get(i) >= 0 && a.get(i) != b.get(i)) {
        return false;
      }
    }
    return true;
  }
}
