package keras.losses;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How far one distribution is from another, {@code sum(yTrue log(yTrue / yPred))}: {@code (batch,
 * ..., features) → (batch, ...)}. Keras: {@code keras.losses.KLDivergence}. Both are clipped to
 * 1e-7 and 1.
 */
public final class KLDivergence extends KerasLoss<KLDivergence> {

  /** Keras's defaults. */
  public KLDivergence() {
    super("kl_divergence");
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> p = Formulas.clip(tf, yTrue, Formulas.EPSILON, 1);
    Operand<TFloat32> q = Formulas.clip(tf, yPred, Formulas.EPSILON, 1);
    return Formulas.sumOfLast(tf, tf.math.mul(p, tf.math.log(tf.math.div(p, q))));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code KLDivergence.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static KLDivergence fromConfig(Config config) {
    return new KLDivergence().common(config);
  }
}
