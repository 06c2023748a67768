package keras.losses;

import java.util.Map;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How little two regions overlap, with factors on what is predicted wrongly, {@code 1 - both /
 * (both + alpha sum((1 - yPred) yTrue) + beta sum(yPred (1 - yTrue)))}. Keras: {@code
 * keras.losses.Tversky(alpha=0.5, beta=0.5, axis=None)}; with its defaults it is {@link Dice}.
 * Paper: <a href="https://arxiv.org/abs/1706.05721">Salehi et al., 2017</a>.
 */
public final class Tversky extends Overlap<Tversky> {

  private double alpha = 0.5;
  private double beta = 0.5;

  /** Keras's defaults. */
  public Tversky() {
    super("tversky");
  }

  /**
   * Sets how much it counts what is not predicted and should be.
   *
   * <p>Porting note: Keras's documentation calls this the factor of false positives; its formula,
   * which this follows, multiplies the false negatives with it.
   *
   * @param value 0.5 by default
   * @return this loss
   */
  public Tversky alpha(double value) {
    alpha = value;
    return this;
  }

  /**
   * Sets how much it counts what is predicted and should not be.
   *
   * @param value 0.5 by default
   * @return this loss
   */
  public Tversky beta(double value) {
    beta = value;
    return this;
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> both = sum(tf, tf.math.mul(yTrue, yPred));
    Operand<TFloat32> missed = without(tf, yTrue, yPred, alpha);
    Operand<TFloat32> invented = without(tf, yPred, yTrue, beta);
    return missing(tf, both, tf.math.add(tf.math.add(both, missed), invented));
  }

  /** Returns how much of the first is not in the second, times a factor. */
  private Operand<TFloat32> without(
      Ops tf, Operand<TFloat32> first, Operand<TFloat32> second, double factor) {
    Operand<TFloat32> rest = tf.math.mul(tf.math.sub(tf.constant(1f), second), first);
    return tf.math.mul(sum(tf, rest), tf.constant((float) factor));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code Tversky.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Tversky fromConfig(Config config) {
    Tversky loss = new Tversky().overlapFrom(config);
    config.number("alpha", loss::alpha);
    config.number("beta", loss::beta);
    return loss;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    Object axis = config.remove("axis");
    config.put("alpha", alpha);
    config.put("beta", beta);
    config.put("axis", axis);
    return config;
  }
}
