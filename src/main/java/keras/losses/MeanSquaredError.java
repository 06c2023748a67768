package keras.losses;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of squared errors, {@code mean((yTrue - yPred)²)}: {@code (batch, ..., features) →
 * (batch, ...)}. Keras: {@code keras.losses.MeanSquaredError}.
 */
public final class MeanSquaredError extends KerasLoss<MeanSquaredError> {

  /** Keras's defaults. */
  public MeanSquaredError() {
    super("mean_squared_error");
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    return Formulas.meanOfLast(tf, tf.math.square(tf.math.sub(yTrue, yPred)));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code MeanSquaredError.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MeanSquaredError fromConfig(Config config) {
    return new MeanSquaredError().common(config);
  }
}
