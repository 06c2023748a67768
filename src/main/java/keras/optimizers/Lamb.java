package keras.optimizers;

import java.util.Map;
import keras.optimizers.schedules.LearningRateSchedule;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Adam, whose step of each weight is scaled to the weight's size. Keras: {@code
 * keras.optimizers.Lamb}.
 *
 * <p>{@code u} is the step of {@link Adam}; {@code w -= learningRate * |w| / |u| * u}.
 *
 * @see <a href="https://arxiv.org/abs/1904.00962">You et al., Large batch optimization for deep
 *     learning (2019)</a>
 */
public final class Lamb extends Optimizer<Lamb> {

  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-7;

  /** With Keras's defaults: the learning rate is 0.001. */
  public Lamb() {
    this(0.001);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the factor of each step; 0.001 by default
   */
  public Lamb(double learningRate) {
    super(learningRate, "lamb");
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public Lamb(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Sets how much of the mean of gradients stays.
   *
   * @param value from 0 to 1; 0.9 by default
   * @return this optimizer
   */
  public Lamb beta1(double value) {
    changing("beta1");
    beta1 = value;
    return self();
  }

  /**
   * Sets how much of the mean of squares stays.
   *
   * @param value from 0 to 1; 0.999 by default
   * @return this optimizer
   */
  public Lamb beta2(double value) {
    changing("beta2");
    beta2 = value;
    return self();
  }

  /**
   * Sets the number that keeps the divisor from being zero.
   *
   * @param value a small number; 1e-7 by default
   * @return this optimizer
   */
  public Lamb epsilon(double value) {
    changing("epsilon");
    epsilon = value;
    return self();
  }

  @Override
  void addSlots(Slots to) {
    to.addZeros("momentum", "velocity");
  }

  @Override
  Rule rule(UpdateStep step, Slots own) {
    Ops ops = step.tf();
    Operand<TFloat32> one = step.constant(1);
    return (tf, variable, gradient) -> {
      Operand<TFloat32> m = step.moved(own.get(variable, "momentum"), gradient, 1 - beta1);
      Operand<TFloat32> v =
          step.moved(own.get(variable, "velocity"), step.squared(gradient), 1 - beta2);
      Operand<TFloat32> mean = ops.math.div(m, ops.math.sub(one, step.power(beta1)));
      Operand<TFloat32> root = ops.math.sqrt(ops.math.div(v, ops.math.sub(one, step.power(beta2))));
      Operand<TFloat32> change = ops.math.div(mean, ops.math.add(root, step.constant(epsilon)));
      Operand<TFloat32> now = tf.readVariableOp(step.handle(variable), TFloat32.class);
      Operand<TFloat32> size = length(ops, now);
      Operand<TFloat32> length = length(ops, change);
      Operand<TFloat32> zero = step.constant(0);
      Operand<TFloat32> ratio =
          ops.select(
              ops.math.logicalAnd(ops.math.greater(size, zero), ops.math.greater(length, zero)),
              ops.math.div(size, length),
              one);
      return tf.withControlDependencies(now)
          .assignSubVariableOp(
              step.handle(variable),
              ops.math.mul(ops.math.mul(ratio, step.learningRate()), change));
    };
  }

  private static Operand<TFloat32> length(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> flat = tf.constant(new int[] {-1});
    return tf.math.sqrt(tf.sum(tf.math.square(tf.reshape(x, flat)), tf.constant(0)));
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code Lamb.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Lamb fromConfig(Config config) {
    Lamb optimizer = new Lamb().common(config);
    config.number("beta_1", optimizer::beta1);
    config.number("beta_2", optimizer::beta2);
    config.number("epsilon", optimizer::epsilon);
    return optimizer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("beta_1", beta1);
    config.put("beta_2", beta2);
    config.put("epsilon", epsilon);
    return config;
  }
}
