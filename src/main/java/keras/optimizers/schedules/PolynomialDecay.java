package keras.optimizers.schedules;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The rate {@code (initialLearningRate - endLearningRate) * (1 - step / decaySteps) ^ power +
 * endLearningRate}, which ends after {@code decaySteps}, or starts anew. Keras: {@code
 * keras.optimizers.schedules.PolynomialDecay}.
 */
public final class PolynomialDecay extends LearningRateSchedule {

  private final double initialLearningRate;
  private final long decaySteps;
  private double endLearningRate = 0.0001;
  private double power = 1.0;
  private boolean cycle;
  private String name = "PolynomialDecay";

  /**
   * The two required arguments.
   *
   * @param initialLearningRate the rate of the first step
   * @param decaySteps the number of steps until the rate has decayed; positive
   * @throws IllegalArgumentException if {@code decaySteps} is not positive
   */
  public PolynomialDecay(double initialLearningRate, long decaySteps) {
    this.initialLearningRate = initialLearningRate;
    this.decaySteps = positive("PolynomialDecay", "decaySteps", decaySteps);
  }

  /**
   * Sets the rate at the end.
   *
   * @param value 0.0001 by default
   * @return this schedule
   */
  public PolynomialDecay endLearningRate(double value) {
    endLearningRate = value;
    return this;
  }

  /**
   * Sets the exponent.
   *
   * @param value 1, a straight line, by default
   * @return this schedule
   */
  public PolynomialDecay power(double value) {
    power = value;
    return this;
  }

  /**
   * Sets whether a decay over twice the steps, then thrice, follows the first.
   *
   * @param value false, stay at the end, by default
   * @return this schedule
   */
  public PolynomialDecay cycle(boolean value) {
    cycle = value;
    return this;
  }

  /**
   * Sets the name.
   *
   * @param value {@code "PolynomialDecay"} by default
   * @return this schedule
   */
  public PolynomialDecay name(String value) {
    name = value;
    return this;
  }

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TInt64> step) {
    Checks.operands("PolynomialDecay", tf, step);
    Operand<TFloat32> done = floats(tf, step);
    Operand<TFloat32> steps = number(tf, decaySteps);
    if (cycle) {
      Operand<TFloat32> cycles =
          tf.select(
              tf.math.equal(done, number(tf, 0)),
              number(tf, 1),
              tf.math.ceil(tf.math.div(done, steps)));
      steps = tf.math.mul(steps, cycles);
    } else {
      done = tf.math.minimum(done, steps);
    }
    Operand<TFloat32> left = tf.math.sub(number(tf, 1), tf.math.div(done, steps));
    Operand<TFloat32> end = number(tf, endLearningRate);
    Operand<TFloat32> way = tf.math.sub(number(tf, initialLearningRate), end);
    return tf.math.add(tf.math.mul(way, tf.math.pow(left, number(tf, power))), end);
  }

  /**
   * Returns a schedule of its arguments. Keras: {@code PolynomialDecay.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new schedule
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static PolynomialDecay fromConfig(Config config) {
    Checks.notNull("PolynomialDecay.fromConfig", "config", config);
    PolynomialDecay schedule =
        new PolynomialDecay(
            config.number("initial_learning_rate"), config.longInteger("decay_steps"));
    config.number("end_learning_rate", schedule::endLearningRate);
    config.number("power", schedule::power);
    config.bool("cycle", schedule::cycle);
    config.text("name", schedule::name);
    return schedule;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("initial_learning_rate", initialLearningRate);
    config.put("decay_steps", decaySteps);
    config.put("end_learning_rate", endLearningRate);
    config.put("power", power);
    config.put("cycle", cycle);
    config.put("name", name);
    return config;
  }
}
