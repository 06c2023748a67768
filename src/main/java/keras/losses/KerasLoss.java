package keras.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What Keras's own losses share: chained calls that keep the type, and targets and predictions
 * brought to the same rank.
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

  @Override
  public final Operand<TFloat32> call(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Ranks.Pair same = Ranks.squeezeOrExpand(tf, yTrue, yPred);
    return compute(tf, same.first(), same.second());
  }

  /** The formula, for targets and predictions whose ranks have been brought together. */
  abstract Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred);
}
