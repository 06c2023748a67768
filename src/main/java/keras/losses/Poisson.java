package keras.losses;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The loss of counts that are Poisson distributed, {@code mean(yPred - yTrue log(yPred + 1e-7))}:
 * {@code (batch, ..., features) → (batch, ...)}. Keras: {@code keras.losses.Poisson}.
 */
public final class Poisson extends KerasLoss<Poisson> {

  /** Keras's defaults. */
  public Poisson() {
    super("poisson");
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> log = tf.math.log(tf.math.add(yPred, tf.constant(Formulas.EPSILON)));
    return Formulas.meanOfLast(tf, tf.math.sub(yPred, tf.math.mul(yTrue, log)));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code Poisson.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Poisson fromConfig(Config config) {
    return new Poisson().common(config);
  }
}
