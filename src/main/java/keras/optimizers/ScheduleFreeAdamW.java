package keras.optimizers;

import java.util.Map;
import keras.backend.Variable;
import keras.optimizers.schedules.LearningRateSchedule;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adam without a schedule: weights are between what steps give and the mean of all of it. Keras:
 * {@code keras.optimizers.ScheduleFreeAdamW}.
 *
 * @see <a href="https://arxiv.org/abs/2405.15682">Defazio et al., The road less scheduled
 *     (2024)</a>
 */
public final class ScheduleFreeAdamW extends Optimizer<ScheduleFreeAdamW> {

  private static final String MOMENTUM = "momentum";
  private static final String VELOCITY = "velocity";

  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-8;
  private int warmupSteps;

  /** With Keras's defaults: the learning rate is 0.0025. */
  public ScheduleFreeAdamW() {
    this(0.0025);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the factor of each step; 0.0025 by default
   */
  public ScheduleFreeAdamW(double learningRate) {
    super(learningRate, "schedule_free_adam_w");
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public ScheduleFreeAdamW(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Sets how near the weights are to the mean.
   *
   * @param value above 0, up to 1; 0.9 by default
   * @return this optimizer
   */
  public ScheduleFreeAdamW beta1(double value) {
    changing("beta1");
    beta1 = value;
    return self();
  }

  /**
   * Sets how much of the mean of squared gradients stays.
   *
   * @param value from 0 to 1; 0.999 by default
   * @return this optimizer
   */
  public ScheduleFreeAdamW beta2(double value) {
    changing("beta2");
    beta2 = value;
    return self();
  }

  /**
   * Sets what is added to the divisor.
   *
   * @param value a small number; 1e-8 by default
   * @return this optimizer
   */
  public ScheduleFreeAdamW epsilon(double value) {
    changing("epsilon");
    epsilon = value;
    return self();
  }

  /**
   * Sets over how many steps the learning rate rises.
   *
   * @param value 0 by default
   * @return this optimizer
   */
  public ScheduleFreeAdamW warmupSteps(int value) {
    changing("warmupSteps");
    warmupSteps = value;
    return self();
  }

  @Override
  void addSlots(Slots to) {
    for (Variable variable : to.of()) {
      to.addCopy(variable, MOMENTUM);
      to.addFilled(variable, VELOCITY, 0);
    }
  }

  @Override
  protected Operand<TFloat32> updateStep(
      UpdateStep step, Operand<TFloat32> gradient, Operand<TFloat32> value, Variable variable) {
    Ops tf = step.tf();
    Operand<TFloat32> one = step.constant(1);
    Operand<TFloat32> rate = step.learningRate();
    if (warmupSteps > 0) {
      Operand<TFloat32> risen = tf.math.div(step.iteration(), step.constant(warmupSteps));
      rate = tf.math.mul(rate, tf.math.minimum(risen, one));
    }
    Operand<TFloat32> squares =
        step.moved(step.slot(variable, VELOCITY), step.squared(gradient), 1f - (float) beta2);
    Operand<TFloat32> corrected = tf.math.div(squares, tf.math.sub(one, step.power(beta2)));
    Operand<TFloat32> divisor = tf.math.add(tf.math.sqrt(corrected), step.constant(epsilon));
    Variable momentum = step.slot(variable, MOMENTUM);
    Operand<TFloat32> after =
        tf.math.sub(step.value(momentum), tf.math.div(tf.math.mul(rate, gradient), divisor));
    step.assign(momentum, after);
    Operand<TFloat32> share = tf.math.div(one, step.iteration());
    Operand<TFloat32> rest = step.constant(1f - (float) beta1);
    // As Keras 3.15.1 has it on TensorFlow, where the value before the step is no longer there.
    Operand<TFloat32> mean =
        tf.math.div(tf.math.sub(value, tf.math.mul(rest, after)), step.constant(beta1));
    Operand<TFloat32> newMean =
        tf.math.add(tf.math.mul(tf.math.sub(one, share), mean), tf.math.mul(share, after));
    return tf.math.add(tf.math.mul(rest, after), tf.math.mul(step.constant(beta1), newMean));
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code ScheduleFreeAdamW.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ScheduleFreeAdamW fromConfig(Config config) {
    ScheduleFreeAdamW optimizer = new ScheduleFreeAdamW().common(config);
    config.number("beta_1", optimizer::beta1);
    config.number("beta_2", optimizer::beta2);
    config.number("epsilon", optimizer::epsilon);
    config.integer("warmup_steps", optimizer::warmupSteps);
    return optimizer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("beta_1", beta1);
    config.put("beta_2", beta2);
    config.put("epsilon", epsilon);
    config.put("warmup_steps", warmupSteps);
    return config;
  }
}
