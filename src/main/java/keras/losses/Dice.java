package keras.losses;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How little two regions overlap, {@code 1 - 2 sum(yTrue yPred) / (sum(yTrue) + sum(yPred))}: from
 * 0, the same region, to 1. Keras: {@code keras.losses.Dice(axis=None)}. Without {@code axis} there
 * is one value for the whole batch.
 */
public final class Dice extends Overlap<Dice> {

  /** Keras's defaults. */
  public Dice() {
    super("dice");
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> both = sum(tf, tf.math.mul(yTrue, yPred));
    Operand<TFloat32> each = tf.math.add(sum(tf, yTrue), sum(tf, yPred));
    return missing(tf, tf.math.mul(tf.constant(2f), both), each);
  }

  /**
   * Returns a loss of its arguments. Keras: {@code Dice.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Dice fromConfig(Config config) {
    return new Dice().overlapFrom(config);
  }
}
