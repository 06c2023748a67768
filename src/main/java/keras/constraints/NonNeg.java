package keras.constraints;

import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Sets negative weights to zero. Keras: {@code keras.constraints.NonNeg}. */
public final class NonNeg extends Constraint {

  /** Has no arguments. */
  public NonNeg() {}

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TFloat32> w) {
    Checks.operands("NonNeg", tf, w);
    return tf.math.maximum(w, tf.constant(0f));
  }

  /**
   * Returns a constraint of its arguments. Keras: {@code NonNeg.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new constraint
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static NonNeg fromConfig(Config config) {
    return new NonNeg();
  }
}
