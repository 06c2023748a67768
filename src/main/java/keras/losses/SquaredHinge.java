package keras.losses;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The squared hinge loss, {@code mean(max(1 - yTrue yPred, 0)²)}: {@code (batch, ..., features) →
 * (batch, ...)}. Keras: {@code keras.losses.SquaredHinge}. Targets are -1 and 1; 0 and 1 are taken
 * for these.
 */
public final class SquaredHinge extends KerasLoss<SquaredHinge> {

  /** Keras's defaults. */
  public SquaredHinge() {
    super("squared_hinge");
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    return Formulas.meanOfLast(tf, tf.math.square(Formulas.hinge(tf, yTrue, yPred)));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code SquaredHinge.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SquaredHinge fromConfig(Config config) {
    return new SquaredHinge().common(config);
  }
}
