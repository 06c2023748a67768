package keras.losses;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of squared differences of logarithms, {@code mean((log(yTrue + 1) - log(yPred + 1))²)}:
 * {@code (batch, ..., features) → (batch, ...)}. Keras: {@code
 * keras.losses.MeanSquaredLogarithmicError}. Values below 1e-7 count as that.
 */
public final class MeanSquaredLogarithmicError extends KerasLoss<MeanSquaredLogarithmicError> {

  /** Keras's defaults. */
  public MeanSquaredLogarithmicError() {
    super("mean_squared_logarithmic_error");
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    return Formulas.meanOfLast(tf, tf.math.square(tf.math.sub(logOf(tf, yPred), logOf(tf, yTrue))));
  }

  private static Operand<TFloat32> logOf(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> atLeast = tf.math.maximum(x, tf.constant(Formulas.EPSILON));
    return tf.math.log(tf.math.add(atLeast, tf.constant(1f)));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code MeanSquaredLogarithmicError.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MeanSquaredLogarithmicError fromConfig(Config config) {
    return new MeanSquaredLogarithmicError().common(config);
  }
}
