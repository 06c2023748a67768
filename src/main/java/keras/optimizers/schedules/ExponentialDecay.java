package keras.optimizers.schedules;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The rate {@code initialLearningRate * decayRate ^ (step / decaySteps)}. Keras: {@code
 * keras.optimizers.schedules.ExponentialDecay}.
 */
public final class ExponentialDecay extends LearningRateSchedule {

  private final double initialLearningRate;
  private final long decaySteps;
  private final double decayRate;
  private boolean staircase;
  private String name = "ExponentialDecay";

  /**
   * The three required arguments.
   *
   * @param initialLearningRate the rate of the first step
   * @param decaySteps the number of steps in which the rate decays once; positive
   * @param decayRate how strongly it decays
   * @throws IllegalArgumentException if {@code decaySteps} is not positive
   */
  public ExponentialDecay(double initialLearningRate, long decaySteps, double decayRate) {
    this.initialLearningRate = initialLearningRate;
    this.decaySteps = positive("ExponentialDecay", "decaySteps", decaySteps);
    this.decayRate = decayRate;
  }

  /**
   * Sets whether the rate falls in steps, once every {@code decaySteps}, rather than gradually.
   *
   * @param value false by default
   * @return this schedule
   */
  public ExponentialDecay staircase(boolean value) {
    staircase = value;
    return this;
  }

  /**
   * Sets the name.
   *
   * @param value {@code "ExponentialDecay"} by default
   * @return this schedule
   */
  public ExponentialDecay name(String value) {
    name = value;
    return this;
  }

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TInt64> step) {
    Checks.operands("ExponentialDecay", tf, step);
    Operand<TFloat32> p = tf.math.div(floats(tf, step), number(tf, decaySteps));
    if (staircase) {
      p = tf.math.floor(p);
    }
    return tf.math.mul(number(tf, initialLearningRate), tf.math.pow(number(tf, decayRate), p));
  }

  /**
   * Returns a schedule of its arguments. Keras: {@code ExponentialDecay.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new schedule
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ExponentialDecay fromConfig(Config config) {
    Checks.notNull("ExponentialDecay.fromConfig", "config", config);
    ExponentialDecay schedule =
        new ExponentialDecay(
            config.number("initial_learning_rate"),
            config.longInteger("decay_steps"),
            config.number("decay_rate"));
    config.bool("staircase", schedule::staircase);
    config.text("name", schedule::name);
    return schedule;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("initial_learning_rate", initialLearningRate);
    config.put("decay_steps", decaySteps);
    config.put("decay_rate", decayRate);
    config.put("staircase", staircase);
    config.put("name", name);
    return config;
  }
}
