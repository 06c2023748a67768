package keras.activations;

import java.util.List;
import keras.backend.TensorFunction;
import keras.internal.messages.Errors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Split;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The formulas that look at a whole vector: the elements along one axis. */
final class AlongAxis {

  private AlongAxis() {}

  static Operand<TFloat32> softmax(Ops tf, Operand<TFloat32> x, int axis) {
    return onLastAxis(tf, "softmax", x, axis, (ops, last) -> ops.nn.softmax(last));
  }

  static Operand<TFloat32> logSoftmax(Ops tf, Operand<TFloat32> x, int axis) {
    return onLastAxis(tf, "log_softmax", x, axis, AlongAxis::logSoftmax);
  }

  static Operand<TFloat32> sparsemax(Ops tf, Operand<TFloat32> x, int axis) {
    return onLastAxis(tf, "sparsemax", x, axis, AlongAxis::sparsemax);
  }

  /** Returns the two halves along an axis: one, times the sigmoid of the other. */
  static Operand<TFloat32> glu(Ops tf, Operand<TFloat32> x, int axis) {
    int at = positive("glu", x.shape(), axis);
    long size = x.shape().get(at);
    if (size % 2 != 0) {
      throw Errors.in("Activation \"glu\"", "the axis that is split must have an even, known size.")
          .expected("an even size of axis " + axis)
          .got("shape " + Errors.shape(x.shape().asArray()))
          .fix("give the layer before it an even number of units")
          .argument();
    }
    Split<TFloat32> halves = tf.split(tf.constant(at), x, 2L);
    return tf.math.mul(halves.output().get(0), tf.math.sigmoid(halves.output().get(1)));
  }

  /**
   * Done on a matrix: the op's gradient in TensorFlow-Java sums along axis 1, whatever the rank.
   */
  private static Operand<TFloat32> logSoftmax(Ops tf, Operand<TFloat32> x) {
    if (x.shape().numDimensions() == 2) {
      return tf.nn.logSoftmax(x);
    }
    Operand<TInt32> rows =
        tf.concat(List.of(tf.constant(new int[] {-1}), sizeOfLast(tf, x)), tf.constant(0));
    return tf.reshape(tf.nn.logSoftmax(tf.reshape(x, rows)), tf.shape(x));
  }

  /**
   * max(x - tau, 0), where tau is computed from the elements that are above it.
   *
   * <p>Porting note: the paper's tau makes the result sum to 1. Keras 3.15.1 adds up the running
   * sums of the sorted elements where the paper takes the last of them, so that with more than one
   * element above tau the result sums to less. Ours is Keras's: an element that k - 1 others follow
   * counts k times.
   *
   * <p>TopKV2 has no gradient, so it only finds the order; tau is computed from x.
   */
  private static Operand<TFloat32> sparsemax(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> last = tf.constant(-1);
    Operand<TInt32> size = tf.squeeze(sizeOfLast(tf, x));
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> zero = tf.constant(0f);
    TopK<TFloat32, TInt32> sorted = tf.nn.topK(tf.stopGradient(x), size, TInt32.class);
    Operand<TFloat32> ranks =
        tf.dtypes.cast(
            tf.range(tf.constant(1), tf.math.add(size, tf.constant(1)), tf.constant(1)),
            TFloat32.class);
    Operand<TFloat32> excess = tf.math.sub(tf.math.cumsum(sorted.values(), last), one);
    Operand<TBool> above =
        tf.math.greater(tf.math.sub(sorted.values(), tf.math.div(excess, ranks)), zero);
    Operand<TFloat32> count = sum(tf, tf.dtypes.cast(above, TFloat32.class));
    Operand<TInt32> placeOfEach =
        tf.nn.topK(tf.math.neg(sorted.indices()), size, TInt32.class).indices();
    Operand<TFloat32> times =
        tf.nn.relu(tf.math.sub(count, tf.dtypes.cast(placeOfEach, TFloat32.class)));
    Operand<TFloat32> sums = sum(tf, tf.math.mul(x, tf.stopGradient(times)));
    Operand<TFloat32> tau = tf.math.div(tf.math.sub(sums, one), tf.stopGradient(count));
    return tf.math.maximum(tf.math.sub(x, tau), zero);
  }

  private static Operand<TInt32> sizeOfLast(Ops tf, Operand<TFloat32> x) {
    int last = x.shape().numDimensions() - 1;
    return tf.slice(tf.shape(x), tf.constant(new int[] {last}), tf.constant(new int[] {1}));
  }

  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x) {
    return tf.sum(x, tf.constant(-1), Sum.keepDims(true));
  }

  /** Swaps an axis with the last one, calls a function, and swaps back. */
  private static Operand<TFloat32> onLastAxis(
      Ops tf, String name, Operand<TFloat32> x, int axis, TensorFunction function) {
    int at = positive(name, x.shape(), axis);
    int last = x.shape().numDimensions() - 1;
    if (at == last) {
      return function.call(tf, x);
    }
    int[] order = new int[last + 1];
    for (int i = 0; i <= last; i++) {
      order[i] = i;
    }
    order[at] = last;
    order[last] = at;
    Operand<TInt32> swap = tf.constant(order);
    return tf.linalg.transpose(function.call(tf, tf.linalg.transpose(x, swap)), swap);
  }

  private static int positive(String name, Shape shape, int axis) {
    int rank = shape.numDimensions();
    if (axis < -rank || axis >= rank) {
      throw Errors.in("Activation \"" + name + "\"", "there is no such axis.")
          .expected(
              "an axis from "
                  + -rank
                  + " to "
                  + (rank - 1)
                  + ", for shape "
                  + Errors.shape(shape.asArray()))
          .got("axis " + axis)
          .fix("name another axis, or put a layer before it that gives more dimensions")
          .argument();
    }
    return axis < 0 ? axis + rank : axis;
  }
}
