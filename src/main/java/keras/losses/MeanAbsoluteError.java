package keras.losses;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of absolute errors, {@code mean(|yTrue - yPred|)}: {@code (batch, ..., features) →
 * (batch, ...)}. Keras: {@code keras.losses.MeanAbsoluteError}.
 */
public final class MeanAbsoluteError extends KerasLoss<MeanAbsoluteError> {

  /** Keras's defaults. */
  public MeanAbsoluteError() {
    super("mean_absolute_error");
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    return Formulas.meanOfLast(tf, tf.math.abs(tf.math.sub(yTrue, yPred)));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code MeanAbsoluteError.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MeanAbsoluteError fromConfig(Config config) {
    return new MeanAbsoluteError().common(config);
  }
}
