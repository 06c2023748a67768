package keras.constraints;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Gives every vector the length 1. Keras: {@code keras.constraints.UnitNorm}. */
public final class UnitNorm extends NormConstraint<UnitNorm> {

  /** Along axis 0. */
  public UnitNorm() {}

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TFloat32> w) {
    return tf.math.div(w, divisor(tf, norms(tf, w)));
  }
}
