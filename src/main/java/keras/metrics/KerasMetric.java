package keras.metrics;

import keras.internal.losses.Ranks;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.NativeErrors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Base of Keras's own metrics: chained calls that keep the type.
 *
 * @param <S> the metric itself
 */
abstract class KerasMetric<S extends KerasMetric<S>> extends Metric {

  KerasMetric(String name) {
    super(name);
  }

  @SuppressWarnings("unchecked")
  final S self() {
    return (S) this;
  }

  /** With the arguments of a configuration that all metrics have. */
  final S common(Config config) {
    commonFrom(config);
    return self();
  }

  @Override
  public final Operand<TFloat32> statistics(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    Checks.operands(where(), tf, yTrue, yPred);
    return NativeErrors.named(
        where(), yTrue.shape(), yPred.shape(), () -> sums(tf, yTrue, yPred, sampleWeight, mask));
  }

  /** Adds the ops of {@link #statistics}. */
  abstract Operand<TFloat32> sums(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask);

  @Override
  public final double result(double[] statistics) {
    Checks.notNull(where(), "statistics", statistics);
    if (!isSize(statistics.length)) {
      throw notItsStatistics(size(), statistics.length);
    }
    return value(statistics);
  }

  /** Returns {@link #result} for statistics of the right size. */
  abstract double value(double[] statistics);

  @Override
  public void checkShapes(Shape yTrue, Shape yPred) {
    Checks.notNull(where(), "yTrue", yTrue);
    Checks.notNull(where(), "yPred", yPred);
    checkFit(yTrue, yPred);
  }

  /** Each target is compared with one prediction, unless a metric says otherwise. */
  void checkFit(Shape yTrue, Shape yPred) {
    if (!fits(yTrue, yPred)) {
      throw mismatch(
          "the targets do not have the model's output shape.",
          Errors.shape(yPred.asArray()),
          yTrue,
          isOneClassEach(yTrue, yPred)
              ? "name a metric for class numbers, such as \"sparse_categorical_accuracy\", or make y"
                  + " one-hot with Utils.toCategorical"
              : "leave the metric out, or reshape y");
    }
  }

  boolean fits(Shape yTrue, Shape yPred) {
    return Ranks.compare(yTrue, yPred);
  }

  private static boolean isOneClassEach(Shape yTrue, Shape yPred) {
    int last = yPred.numDimensions() - 1;
    return last > 0 && yPred.get(last) != 1 && Ranks.compare(yTrue, yPred.take(last));
  }

  /** For a metric of class numbers: there is one for each vector of predictions. */
  final void checkClasses(Shape yTrue, Shape yPred) {
    int last = yPred.numDimensions() - 1;
    Checks.rank(where(), "yPred", yPred.numDimensions());
    Shape labels = yPred.take(last);
    boolean column = yTrue.numDimensions() == last + 1 && yTrue.get(last) == 1;
    Shape given = column ? yTrue.take(last) : yTrue;
    if (given.numDimensions() != last || !Ranks.compare(given, labels)) {
      throw mismatch(
          "the targets must be one class number for each output vector.",
          Errors.shape(labels.asArray()) + " or " + Errors.shape(labels.append(1).asArray()),
          yTrue,
          "leave \"sparse_\" out of the metric's name, or give class numbers");
    }
  }

  private IllegalArgumentException mismatch(
      String what, String expected, Shape yTrue, String remedy) {
    return Errors.in(where(), what)
        .expected(expected)
        .got(Errors.shape(yTrue.asArray()))
        .fix(remedy)
        .argument();
  }

  @Override
  public S name(String value) {
    super.name(value);
    return self();
  }
}
