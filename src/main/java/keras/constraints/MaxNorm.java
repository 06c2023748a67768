package keras.constraints;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Shortens every vector that is too long. Keras: {@code keras.constraints.MaxNorm}. */
public final class MaxNorm extends NormConstraint<MaxNorm> {

  private double maxValue = 2;

  /** To the length 2, along axis 0. */
  public MaxNorm() {}

  /**
   * To a given length, along axis 0.
   *
   * @param maxValue the greatest length; 2 by default
   */
  public MaxNorm(double maxValue) {
    this.maxValue = maxValue;
  }

  /**
   * Sets the greatest length.
   *
   * @param value a positive number; 2 by default
   * @return this constraint
   */
  public MaxNorm maxValue(double value) {
    maxValue = value;
    return this;
  }

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TFloat32> w) {
    Checks.operands("MaxNorm", tf, w);
    Operand<TFloat32> norms = norms(tf, w);
    Operand<TFloat32> desired =
        tf.clipByValue(norms, tf.constant(0f), tf.constant((float) maxValue));
    return tf.math.mul(w, tf.math.div(desired, divisor(tf, norms)));
  }

  /**
   * Returns a constraint of its arguments. Keras: {@code MaxNorm.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new constraint
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MaxNorm fromConfig(Config config) {
    Checks.notNull("MaxNorm.fromConfig", "config", config);
    MaxNorm made = new MaxNorm();
    config.number("max_value", made::maxValue);
    return made.axisFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("max_value", maxValue);
    config.putAll(super.getConfig());
    return config;
  }
}
