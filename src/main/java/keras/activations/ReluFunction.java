package keras.activations;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.internal.messages.Checks;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/**
 * The rectified linear unit, {@code max(x, 0)} unless told otherwise. Keras: {@code
 * keras.activations.relu(x, negative_slope=0.0, max_value=None, threshold=0.0)}.
 *
 * <p>{@code f(x) = maxValue} where {@code x >= maxValue}, {@code x} where {@code threshold < x <
 * maxValue}, and {@code negativeSlope * (x - threshold)} below.
 *
 * <p>An instance does not change: each chained call gives another one.
 */
public final class ReluFunction implements Activation {

  private final double negativeSlope;
  private final Double maxValue;
  private final double threshold;

  ReluFunction() {
    this(0, null, 0);
  }

  private ReluFunction(double negativeSlope, Double maxValue, double threshold) {
    this.negativeSlope = negativeSlope;
    this.maxValue = maxValue;
    this.threshold = threshold;
  }

  /**
   * Returns the slope below the threshold.
   *
   * @param value 0 by default
   * @return a function with that slope
   */
  public ReluFunction negativeSlope(double value) {
    return new ReluFunction(value, maxValue, threshold);
  }

  /**
   * The largest value that the function gives.
   *
   * @param value null, the default, for no such limit
   * @return a function with that limit
   */
  public ReluFunction maxValue(Double value) {
    return new ReluFunction(negativeSlope, value, threshold);
  }

  /**
   * Returns the largest value that the function gives.
   *
   * @param value the limit
   * @return a function with that limit
   */
  public ReluFunction maxValue(double value) {
    return maxValue(Double.valueOf(value));
  }

  /**
   * The value up to which inputs are damped or set to zero.
   *
   * @param value 0 by default
   * @return a function with that threshold
   */
  public ReluFunction threshold(double value) {
    return new ReluFunction(negativeSlope, maxValue, value);
  }

  @Override
  public String name() {
    return "relu";
  }

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TFloat32> x) {
    Checks.operands("ReluFunction", tf, x);
    if (negativeSlope == 0) {
      return positivePart(tf, x);
    }
    if (maxValue == null && threshold == 0) {
      return tf.nn.leakyRelu(x, LeakyRelu.alpha((float) negativeSlope));
    }
    Operand<TFloat32> below = tf.nn.relu(tf.math.sub(tf.constant((float) threshold), x));
    return tf.math.sub(positivePart(tf, x), tf.math.mul(tf.constant((float) negativeSlope), below));
  }

  private Operand<TFloat32> positivePart(Ops tf, Operand<TFloat32> x) {
    if (threshold == 0 && maxValue != null && maxValue == 6) {
      return tf.nn.relu6(x);
    }
    Operand<TFloat32> positive = tf.nn.relu(x);
    if (threshold != 0) {
      positive = tf.select(tf.math.greater(x, tf.constant((float) threshold)), x, tf.constant(0f));
    }
    return maxValue == null ? positive : Elementwise.clip(tf, positive, 0, maxValue.floatValue());
  }

  /** Returns the arguments by their names in Keras; empty for plain {@code relu}. */
  Map<String, Object> arguments() {
    if (negativeSlope == 0 && maxValue == null && threshold == 0) {
      return Map.of();
    }
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("max_value", maxValue);
    arguments.put("negative_slope", negativeSlope);
    arguments.put("threshold", threshold);
    return arguments;
  }

  @Override
  public String toString() {
    return new Named(name(), arguments(), this).toString();
  }
}
