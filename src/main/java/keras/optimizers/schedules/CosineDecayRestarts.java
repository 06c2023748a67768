package keras.optimizers.schedules;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A rate that falls along half a cosine wave, again and again, each time more slowly and from
 * another height. Keras: {@code keras.optimizers.schedules.CosineDecayRestarts}.
 *
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, SGDR: Stochastic gradient
 *     descent with warm restarts (2017)</a>
 */
public final class CosineDecayRestarts extends LearningRateSchedule {

  private final double initialLearningRate;
  private final long firstDecaySteps;
  private double tMul = 2.0;
  private double mMul = 1.0;
  private double alpha;
  private String name = "SGDRDecay";

  /**
   * The two required arguments.
   *
   * @param initialLearningRate the rate of the first step
   * @param firstDecaySteps the number of steps until the first restart; positive
   * @throws IllegalArgumentException if {@code firstDecaySteps} is not positive
   */
  public CosineDecayRestarts(double initialLearningRate, long firstDecaySteps) {
    this.initialLearningRate = initialLearningRate;
    this.firstDecaySteps = positive("CosineDecayRestarts", "firstDecaySteps", firstDecaySteps);
  }

  /**
   * Sets how much longer each decay is than the one before.
   *
   * @param value 2 by default
   * @return this schedule
   */
  public CosineDecayRestarts tMul(double value) {
    tMul = value;
    return this;
  }

  /**
   * Sets how much higher each decay starts than the one before.
   *
   * @param value 1 by default
   * @return this schedule
   */
  public CosineDecayRestarts mMul(double value) {
    mMul = value;
    return this;
  }

  /**
   * Sets the lowest rate.
   *
   * @param value as a fraction of the first; 0 by default
   * @return this schedule
   */
  public CosineDecayRestarts alpha(double value) {
    alpha = value;
    return this;
  }

  /**
   * Sets the name.
   *
   * @param value {@code "SGDRDecay"} by default
   * @return this schedule
   */
  public CosineDecayRestarts name(String value) {
    name = value;
    return this;
  }

  @Override
  public Operand<TFloat32> call(Ops tf, Operand<TInt64> step) {
    Checks.operands("CosineDecayRestarts", tf, step);
    Operand<TFloat32> decays = tf.math.div(floats(tf, step), number(tf, firstDecaySteps));
    Operand<TFloat32> restarts;
    Operand<TFloat32> fraction;
    if ((float) tMul == 1) {
      restarts = tf.math.floor(decays);
      fraction = tf.math.sub(decays, restarts);
    } else {
      Operand<TFloat32> one = number(tf, 1);
      Operand<TFloat32> longer = number(tf, tMul);
      Operand<TFloat32> shrink = tf.math.sub(one, longer);
      Operand<TFloat32> lengths = tf.math.sub(one, tf.math.mul(decays, shrink));
      restarts = tf.math.floor(tf.math.div(tf.math.log(lengths), tf.math.log(longer)));
      Operand<TFloat32> length = tf.math.pow(longer, restarts);
      Operand<TFloat32> before = tf.math.div(tf.math.sub(one, length), shrink);
      fraction = tf.math.div(tf.math.sub(decays, before), length);
    }
    Operand<TFloat32> height =
        tf.math.mul(number(tf, 0.5), tf.math.pow(number(tf, mMul), restarts));
    Operand<TFloat32> wave = CosineDecay.wave(tf, height, fraction, alpha);
    return tf.math.mul(number(tf, initialLearningRate), wave);
  }

  /**
   * Returns a schedule of its arguments. Keras: {@code CosineDecayRestarts.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new schedule
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CosineDecayRestarts fromConfig(Config config) {
    Checks.notNull("CosineDecayRestarts.fromConfig", "config", config);
    CosineDecayRestarts schedule =
        new CosineDecayRestarts(
            config.number("initial_learning_rate"), config.longInteger("first_decay_steps"));
    config.number("t_mul", schedule::tMul);
    config.number("m_mul", schedule::mMul);
    config.number("alpha", schedule::alpha);
    config.text("name", schedule::name);
    return schedule;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("initial_learning_rate", initialLearningRate);
    config.put("first_decay_steps", firstDecaySteps);
    config.put("t_mul", tMul);
    config.put("m_mul", mMul);
    config.put("alpha", alpha);
    config.put("name", name);
    return config;
  }
}
