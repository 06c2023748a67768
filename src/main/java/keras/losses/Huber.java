package keras.losses;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Like a squared error near 0, like an absolute one far from it, {@code mean(e²/2 where |e| <=
 * delta, delta |e| - delta²/2 elsewhere)}: {@code (batch, ..., features) → (batch, ...)}. Keras:
 * {@code keras.losses.Huber(delta=1.0)}.
 */
public final class Huber extends KerasLoss<Huber> {

  private double delta = 1;

  /** Keras's defaults. */
  public Huber() {
    super("huber_loss");
  }

  /**
   * Sets where the squared error ends and the absolute one begins.
   *
   * @param value an error; 1 by default
   * @return this loss
   */
  public Huber delta(double value) {
    delta = value;
    return this;
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> half = tf.constant(0.5f);
    Operand<TFloat32> limit = tf.constant((float) delta);
    Operand<TFloat32> error = tf.math.sub(yPred, yTrue);
    Operand<TFloat32> magnitude = tf.math.abs(error);
    Operand<TFloat32> near = tf.math.mul(half, tf.math.square(error));
    Operand<TFloat32> far =
        tf.math.sub(tf.math.mul(limit, magnitude), tf.math.mul(half, tf.math.square(limit)));
    return Formulas.meanOfLast(tf, tf.select(tf.math.lessEqual(magnitude, limit), near, far));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code Huber.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Huber fromConfig(Config config) {
    Huber loss = new Huber().common(config);
    config.number("delta", loss::delta);
    return loss;
  }
}
