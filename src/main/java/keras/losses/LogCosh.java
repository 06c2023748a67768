package keras.losses;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The logarithm of the hyperbolic cosine of the error, {@code mean(log(cosh(yPred - yTrue)))}:
 * {@code (batch, ..., features) → (batch, ...)}. Keras: {@code keras.losses.LogCosh}. Like a
 * squared error near 0, like an absolute one far from it.
 */
public final class LogCosh extends KerasLoss<LogCosh> {

  /** Keras's defaults. */
  public LogCosh() {
    super("log_cosh");
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> error = tf.math.sub(yPred, yTrue);
    Operand<TFloat32> softplus = tf.math.softplus(tf.math.mul(error, tf.constant(-2f)));
    Operand<TFloat32> log2 = tf.constant((float) Math.log(2));
    return Formulas.meanOfLast(tf, tf.math.sub(tf.math.add(error, softplus), log2));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code LogCosh.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static LogCosh fromConfig(Config config) {
    return new LogCosh().common(config);
  }
}
