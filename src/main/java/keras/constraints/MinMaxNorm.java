package keras.constraints;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Brings the length of every vector between two bounds, or nearer to them: the new length is {@code
 * rate * clip(norm, minValue, maxValue) + (1 - rate) * norm}. Keras: {@code
 * keras.constraints.MinMaxNorm}.
 */
public final class MinMaxNorm extends NormConstraint<MinMaxNorm> {

  private double minValue = 0.0;
  private double maxValue = 1.0;
  private double rate = 1.0;

  /** Between 0 and 1, at once, along axis 0. */
  public MinMaxNorm() {}

  /**
   * Sets the least length.
   *
   * @param value 0 or more; 0 by default
   * @return this constraint
   */
  public MinMaxNorm minValue(double value) {
    minValue = value;
    return this;
  }

  /**
   * Sets the greatest length.
   *
   * @param value 0 or more; 1 by default
   * @return this constraint
   */
  public MinMaxNorm maxValue(double value) {
    maxValue = value;
    return this;
  }

  /**
   * Sets how much of the way to the bound is gone at each update.
   *
   * @param value from 0, none, to 1, all of it, the default
   * @return this constraint
   */
  public MinMaxNorm rate(double value) {
    rate = value;
    return this;
  }

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TFloat32> w) {
    Checks.operands("MinMaxNorm", tf, w);
    Operand<TFloat32> norms = norms(tf, w);
    Operand<TFloat32> clipped =
        tf.clipByValue(norms, tf.constant((float) minValue), tf.constant((float) maxValue));
    Operand<TFloat32> desired =
        tf.math.add(
            tf.math.mul(tf.constant((float) rate), clipped),
            tf.math.mul(tf.constant((float) (1 - rate)), norms));
    return tf.math.mul(w, tf.math.div(desired, divisor(tf, norms)));
  }

  /**
   * Returns a constraint of its arguments. Keras: {@code MinMaxNorm.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new constraint
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MinMaxNorm fromConfig(Config config) {
    Checks.notNull("MinMaxNorm.fromConfig", "config", config);
    MinMaxNorm made = new MinMaxNorm();
    config.number("min_value", made::minValue);
    config.number("max_value", made::maxValue);
    config.number("rate", made::rate);
    return made.axisFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("min_value", minValue);
    config.put("max_value", maxValue);
    config.put("rate", rate);
    config.putAll(super.getConfig());
    return config;
  }
}
