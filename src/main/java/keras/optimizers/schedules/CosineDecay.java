package keras.optimizers.schedules;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A rate that falls along half a cosine wave, if wanted after a linear rise. Keras: {@code
 * keras.optimizers.schedules.CosineDecay}.
 *
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, SGDR: Stochastic gradient
 *     descent with warm restarts (2017)</a>
 */
public final class CosineDecay extends LearningRateSchedule {

  private final double initialLearningRate;
  private final long decaySteps;
  private double alpha;
  private String name = "CosineDecay";
  private Double warmupTarget;
  private long warmupSteps;

  /**
   * The two required arguments.
   *
   * @param initialLearningRate the rate of the first step
   * @param decaySteps the number of steps from the highest to the lowest rate; positive
   * @throws IllegalArgumentException if {@code decaySteps} is not positive
   */
  public CosineDecay(double initialLearningRate, long decaySteps) {
    this.initialLearningRate = initialLearningRate;
    this.decaySteps = positive("CosineDecay", "decaySteps", decaySteps);
  }

  /**
   * Sets the lowest rate.
   *
   * @param value as a fraction of the highest; 0 by default
   * @return this schedule
   */
  public CosineDecay alpha(double value) {
    alpha = value;
    return this;
  }

  /**
   * Sets the name.
   *
   * @param value {@code "CosineDecay"} by default
   * @return this schedule
   */
  public CosineDecay name(String value) {
    name = value;
    return this;
  }

  /**
   * Starts with a rise to a rate, from which the decay begins.
   *
   * @param value the highest rate; by default there is no rise
   * @return this schedule
   */
  public CosineDecay warmupTarget(double value) {
    warmupTarget = value;
    return this;
  }

  /**
   * Sets how long the rise to {@link #warmupTarget} takes.
   *
   * @param value a number of steps; 0 by default
   * @return this schedule
   */
  public CosineDecay warmupSteps(long value) {
    warmupSteps = value;
    return this;
  }

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TInt64> step) {
    Checks.operands("CosineDecay", tf, step);
    Operand<TFloat32> initial = number(tf, initialLearningRate);
    Operand<TFloat32> done = floats(tf, step);
    if (warmupTarget == null) {
      return decayed(tf, initial, tf.math.minimum(done, number(tf, decaySteps)));
    }
    Operand<TFloat32> rise = number(tf, warmupSteps);
    Operand<TFloat32> target = number(tf, warmupTarget);
    done = tf.math.minimum(done, number(tf, decaySteps + warmupSteps));
    Operand<TFloat32> way = tf.math.sub(target, initial);
    Operand<TFloat32> rising = tf.math.add(tf.math.mul(way, tf.math.div(done, rise)), initial);
    Operand<TFloat32> falling = decayed(tf, target, tf.math.sub(done, rise));
    return tf.select(tf.math.less(done, rise), rising, falling);
  }

  private Operand<TFloat32> decayed(Ops tf, Operand<TFloat32> from, Operand<TFloat32> done) {
    Operand<TFloat32> fraction = tf.math.div(done, number(tf, decaySteps));
    return tf.math.mul(from, wave(tf, number(tf, 0.5), fraction, alpha));
  }

  /** From 1 to alpha along half a cosine wave, for fractions from 0 to 1 and the height 0.5. */
  static Operand<TFloat32> wave(
      Ops tf, Operand<TFloat32> height, Operand<TFloat32> fraction, double alpha) {
    Operand<TFloat32> cosine = tf.math.cos(tf.math.mul(number(tf, Math.PI), fraction));
    Operand<TFloat32> falling = tf.math.mul(height, tf.math.add(number(tf, 1), cosine));
    return tf.math.add(tf.math.mul(number(tf, 1 - alpha), falling), number(tf, alpha));
  }

  /**
   * Returns a schedule of its arguments. Keras: {@code CosineDecay.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new schedule
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CosineDecay fromConfig(Config config) {
    Checks.notNull("CosineDecay.fromConfig", "config", config);
    CosineDecay schedule =
        new CosineDecay(config.number("initial_learning_rate"), config.longInteger("decay_steps"));
    config.number("alpha", schedule::alpha);
    config.text("name", schedule::name);
    if (config.given("warmup_target")) {
      schedule.warmupTarget(config.number("warmup_target"));
    }
    if (config.given("warmup_steps")) {
      schedule.warmupSteps(config.longInteger("warmup_steps"));
    }
    return schedule;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("initial_learning_rate", initialLearningRate);
    config.put("decay_steps", decaySteps);
    config.put("alpha", alpha);
    config.put("name", name);
    config.put("warmup_target", warmupTarget);
    config.put("warmup_steps", warmupSteps);
    return config;
  }
}
