package keras.losses;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The hinge loss between the right class and the best of the wrong ones, {@code max(neg - pos + 1,
 * 0)}: {@code (batch, ..., features) → (batch, ...)}. Keras: {@code keras.losses.CategoricalHinge}.
 * With {@code pos = sum(yTrue yPred)} and {@code neg = max((1 - yTrue) yPred)}.
 */
public final class CategoricalHinge extends KerasLoss<CategoricalHinge> {

  /** Keras's defaults. */
  public CategoricalHinge() {
    super("categorical_hinge");
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> pos = Formulas.sumOfLast(tf, tf.math.mul(yTrue, yPred));
    Operand<TFloat32> neg = tf.max(tf.math.mul(tf.math.sub(one, yTrue), yPred), tf.constant(-1));
    return tf.math.maximum(tf.math.add(tf.math.sub(neg, pos), one), tf.constant(0f));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code CategoricalHinge.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CategoricalHinge fromConfig(Config config) {
    return new CategoricalHinge().common(config);
  }
}
