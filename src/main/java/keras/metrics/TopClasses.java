package keras.metrics;

import java.util.List;
import keras.internal.losses.Ranks;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The parts that accuracies over classes are made of. */
final class TopClasses {

  private TopClasses() {}

  /** Whether there is a vector of targets for each of predictions, with as many classes or not. */
  static boolean compare(Shape yTrue, Shape yPred) {
    return yTrue.numDimensions() == yPred.numDimensions()
        && Ranks.compare(
            yTrue.take(yTrue.numDimensions() - 1).append(1),
            yPred.take(yPred.numDimensions() - 1).append(1));
  }

  /** Returns the place of the largest element along the last axis. */
  static Operand<TFloat32> first(Ops tf, Operand<TFloat32> x) {
    return tf.dtypes.cast(tf.math.argMax(x, tf.constant(-1), TInt32.class), TFloat32.class);
  }

  /** Class numbers without the last dimension of 1 that they may have. */
  static Operand<TFloat32> labels(Ops tf, Operand<TFloat32> yTrue, Shape yPred) {
    Shape shape = yTrue.shape();
    int rank = shape.numDimensions();
    Checks.rank("Metric", "yPred", yPred.numDimensions());
    boolean column = rank == yPred.numDimensions() && shape.get(rank - 1) == 1;
    return column ? tf.squeeze(yTrue, Squeeze.axis(List.of(-1L))) : yTrue;
  }

  /**
   * 1 where class numbers are the same, 0 elsewhere; one class may stand for several predictions.
   */
  static Operand<TFloat32> same(Ops tf, Operand<TFloat32> labels, Operand<TFloat32> predicted) {
    check(labels.shape(), predicted.shape(), true);
    return tf.dtypes.cast(tf.math.equal(labels, predicted), TFloat32.class);
  }

  /** 1 where a class number is among those of the k largest predictions, 0 elsewhere. */
  static Operand<TFloat32> amongLargest(
      Ops tf, Operand<TFloat32> labels, Operand<TFloat32> yPred, int k) {
    int last = yPred.shape().numDimensions() - 1;
    Checks.rank("Metric", "yPred", last + 1);
    checkOnePerPrediction(labels.shape(), yPred.shape().take(last));
    Operand<TInt32> classes =
        tf.slice(tf.shape(yPred), tf.constant(new int[] {last}), tf.constant(new int[] {1}));
    Operand<TInt32> flat = tf.constant(new int[] {-1});
    Operand<TFloat32> rows = tf.reshape(yPred, tf.concat(List.of(flat, classes), tf.constant(0)));
    Operand<TInt32> targets = tf.reshape(tf.dtypes.cast(labels, TInt32.class), flat);
    Operand<TFloat32> matches =
        tf.dtypes.cast(tf.nn.inTopK(rows, targets, tf.constant(k)), TFloat32.class);
    return tf.reshape(matches, tf.shape(labels));
  }

  static void checkOnePerPrediction(Shape labels, Shape predictions) {
    check(labels, predictions, false);
  }

  private static void check(Shape labels, Shape predictions, boolean spreads) {
    boolean agree = labels.numDimensions() == predictions.numDimensions();
    for (int i = 0; agree && i < labels.numDimensions(); i++) {
      long label = labels.get(i);
      long prediction = predictions.get(i);
      boolean known = label >= 0 && prediction >= 0;
      agree = !known || label == prediction || (spreads && label == 1);
    }
    if (!agree) {
      throw Errors.in("Metric", "there must be one class per prediction.")
          .expected("classes of shape " + Errors.shape(predictions.asArray()))
          .got("classes of shape " + Errors.shape(labels.asArray()))
          .fix("name the accuracy that goes with the targets: sparse for class numbers")
          .argument();
    }
  }
}
