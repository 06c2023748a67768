package keras.losses;

import java.util.function.Function;
import keras.internal.losses.Ranks;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.NativeErrors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Base of Keras's own losses: chained calls that keep the type, and targets and predictions brought
 * to the same rank.
 *
 * @param <S> the loss itself
 */
abstract class KerasLoss<S extends KerasLoss<S>> extends Loss {

  KerasLoss(String name) {
    super(name);
  }

  @SuppressWarnings("unchecked")
  final S self() {
    return (S) this;
  }

  @Override
  public S name(String value) {
    super.name(value);
    return self();
  }

  @Override
  public S reduction(String value) {
    super.reduction(value);
    return self();
  }

  /** With the arguments of a configuration that all losses have. */
  final S common(Config config) {
    commonFrom(config);
    return self();
  }

  @Override
  public final Operand<TFloat32> call(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    return compared(tf, yTrue, yPred, both -> compute(tf, both.first(), both.second()));
  }

  /**
   * Adds the ops of a formula for targets and predictions whose ranks have been brought together.
   */
  final Operand<TFloat32> compared(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Function<Ranks.Pair, Operand<TFloat32>> formula) {
    String where = "Loss \"" + name() + "\"";
    Checks.operands(where, tf, yTrue, yPred);
    return NativeErrors.named(
        where,
        yTrue.shape(),
        yPred.shape(),
        () -> formula.apply(Ranks.squeezeOrExpand(tf, yTrue, yPred)));
  }

  @Override
  public boolean reducesLastAxis() {
    return true;
  }

  /**
   * Refuses targets of another shape than the predictions, but for a last dimension of 1 that only
   * one of them has.
   *
   * <p>Porting note: Keras broadcasts the one to the other where TensorFlow can, and so compares
   * each target with each prediction.
   */
  @Override
  public void checkTargets(FloatNdArray yTrue, Shape yPred) {
    ClassNumbers.checkGiven("Loss \"" + name() + "\"", yTrue, yPred);
    if (!Ranks.fit(yTrue.shape(), yPred)) {
      int last = yPred.numDimensions() - 1;
      Checks.rank("Loss \"" + name() + "\"", "yPred", last + 1);
      Shape flat = yPred.take(last);
      throw Errors.in(
              "Loss \"" + name() + "\"", "the targets do not have the model's output shape.")
          .expected(
              Errors.shape(yPred.asArray())
                  + (yPred.get(last) == 1 ? " or " + Errors.shape(flat.asArray()) : ""))
          .got(Errors.shape(yTrue.shape().asArray()))
          .fix(remedy(yTrue.shape(), yPred))
          .argument();
    }
  }

  private String remedy(Shape yTrue, Shape yPred) {
    int rank = yTrue.numDimensions();
    int last = yPred.numDimensions() - 1;
    boolean numbers = rank == last || (rank == last + 1 && Ranks.last(yTrue) == 1);
    if (numbers && name().startsWith("categorical")) {
      return "make them one-hot with Utils.toCategorical(y, "
          + yPred.get(last)
          + "), or compile with loss(\"sparse_categorical_crossentropy\")";
    }
    return rank == yPred.numDimensions() && Ranks.fit(yTrue.take(last), yPred.take(last))
        ? "give the last layer " + Ranks.last(yTrue) + " units, or reshape y"
        : rank < yPred.numDimensions() && last > 1
            ? "reshape y, or let the last recurrent layer return its last output only"
            : "reshape y";
  }

  /** Returns the formula, for targets and predictions whose ranks have been brought together. */
  abstract Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred);
}
