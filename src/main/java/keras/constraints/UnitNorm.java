package keras.constraints;

import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Gives every vector the length 1. Keras: {@code keras.constraints.UnitNorm}. */
public final class UnitNorm extends NormConstraint<UnitNorm> {

  /** Along axis 0. */
  public UnitNorm() {}

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TFloat32> w) {
    Checks.operands("UnitNorm", tf, w);
    return tf.math.div(w, divisor(tf, norms(tf, w)));
  }

  /**
   * Returns a constraint of its arguments. Keras: {@code UnitNorm.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new constraint
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static UnitNorm fromConfig(Config config) {
    return new UnitNorm().axisFrom(config);
  }
}
