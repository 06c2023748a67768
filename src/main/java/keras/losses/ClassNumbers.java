package keras.losses;

import keras.internal.losses.Ranks;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Targets that are one class number for each vector of predictions. */
final class ClassNumbers {

  private ClassNumbers() {}

  /** Without a last dimension of 1 that the predictions do not need. */
  static Operand<TFloat32> of(String where, Ops tf, Operand<TFloat32> yTrue, Shape yPred) {
    Checks.operands(where, tf, yTrue);
    Checks.notNull(where, "yPred", yPred);
    Checks.rank(where, "yPred", yPred.numDimensions());
    Shape shape = yTrue.shape();
    boolean column = shape.numDimensions() == yPred.numDimensions() && Ranks.last(shape) == 1;
    return column ? Ranks.squeeze(tf, yTrue) : yTrue;
  }

  /** Refuses null. */
  static void checkGiven(String where, FloatNdArray yTrue, Shape yPred) {
    Checks.notNull(where, "yTrue", yTrue);
    Checks.notNull(where, "yPred", yPred);
  }

  /** Refuses targets that are not one number each, whatever the numbers are. */
  static void checkShape(String where, FloatNdArray yTrue, Shape yPred) {
    checkGiven(where, yTrue, yPred);
    Checks.rank(where, "yPred", yPred.numDimensions());
    Shape labels = yPred.take(yPred.numDimensions() - 1);
    if (!Ranks.fit(labels.append(1), yTrue.shape()) && !Ranks.fit(labels, yTrue.shape())) {
      throw Errors.in(where, "the targets must be one class number for each output vector.")
          .expected(
              Errors.shape(labels.asArray()) + " or " + Errors.shape(labels.append(1).asArray()))
          .got(Errors.shape(yTrue.shape().asArray()))
          .fix(
              Ranks.fit(yTrue.shape(), yPred)
                  ? "compile with loss(\"categorical_crossentropy\"), which takes one-hot vectors"
                  : "reshape y")
          .argument();
    }
  }

  /** Refuses numbers that no class has, but for one that does not count. */
  static void check(String where, FloatNdArray yTrue, Shape yPred, Integer ignored) {
    checkShape(where, yTrue, yPred);
    long classes = Ranks.last(yPred);
    yTrue
        .scalars()
        .forEachIndexed(
            (at, scalar) -> {
              float label = scalar.getFloat();
              boolean counts = ignored == null || label != ignored;
              if (counts && !(label > -1 && label < classes)) {
                throw Errors.in(where, "there is no such class.")
                    .expected("class numbers from 0 to " + (classes - 1))
                    .got(label + " at " + Errors.shape(at))
                    .fix("give the last layer more units, or number the classes from 0")
                    .argument();
              }
            });
  }
}
