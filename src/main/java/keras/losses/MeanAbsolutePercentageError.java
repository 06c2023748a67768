package keras.losses;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of errors relative to the targets, in percent, {@code 100 mean(|yTrue - yPred| /
 * max(|yTrue|, 1e-7))}: {@code (batch, ..., features) → (batch, ...)}. Keras: {@code
 * keras.losses.MeanAbsolutePercentageError}.
 */
public final class MeanAbsolutePercentageError extends KerasLoss<MeanAbsolutePercentageError> {

  /** Keras's defaults. */
  public MeanAbsolutePercentageError() {
    super("mean_absolute_percentage_error");
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> scale = tf.math.maximum(tf.math.abs(yTrue), tf.constant(Formulas.EPSILON));
    Operand<TFloat32> share = tf.math.abs(tf.math.div(tf.math.sub(yTrue, yPred), scale));
    return tf.math.mul(tf.constant(100f), Formulas.meanOfLast(tf, share));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code MeanAbsolutePercentageError.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MeanAbsolutePercentageError fromConfig(Config config) {
    return new MeanAbsolutePercentageError().common(config);
  }
}
