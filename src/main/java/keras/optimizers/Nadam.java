package keras.optimizers;

import java.util.Map;
import keras.backend.Variable;
import keras.optimizers.schedules.LearningRateSchedule;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adam with Nesterov momentum, which is warmed up. Keras: {@code keras.optimizers.Nadam}.
 *
 * <p>{@code u_t = beta1 * (1 - 0.5 * 0.96^t)}, {@code U} is the product of all {@code u_t} so far,
 * {@code m} and {@code v} are Adam's; {@code w -= learningRate * (u_(t+1) * m / (1 - U * u_(t+1)) +
 * (1 - u_t) * g / (1 - U)) / (sqrt(v / (1 - beta2^t)) + epsilon)}.
 *
 * @see <a href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">Dozat, Incorporating Nesterov
 *     momentum into Adam (2016)</a>
 */
public final class Nadam extends Optimizer<Nadam> {

  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-7;
  private Variable product;

  /** With Keras's defaults: the learning rate is 0.001. */
  public Nadam() {
    this(0.001);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the factor of each step; 0.001 by default
   */
  public Nadam(double learningRate) {
    super(learningRate, "nadam");
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public Nadam(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Sets how slowly the mean of the gradients moves.
   *
   * @param value the part that is kept at each step; 0.9 by default
   * @return this optimizer
   */
  public Nadam beta1(double value) {
    changing("beta1");
    beta1 = value;
    return self();
  }

  /**
   * Sets how slowly the mean of the squared gradients moves.
   *
   * @param value the part that is kept at each step; 0.999 by default
   * @return this optimizer
   */
  public Nadam beta2(double value) {
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
  public Nadam epsilon(double value) {
    changing("epsilon");
    epsilon = value;
    return self();
  }

  @Override
  void addSlots(Slots to) {
    to.addZeros("momentum", "velocity");
    // Keras gives this one no name, and calls a nameless variable so.
    product = to.addNumber("variable", 1);
  }

  @Override
  Rule rule(UpdateStep step, Slots own) {
    Ops ops = step.tf();
    Operand<TFloat32> one = step.constant(1);
    Operand<TFloat32> rate = step.learningRate();
    Operand<TFloat32> now = warmed(step, 0);
    Operand<TFloat32> next = warmed(step, 1);
    Operand<TFloat32> upToNow = ops.math.mul(step.value(product), now);
    Operand<TFloat32> upToNext = ops.math.mul(upToNow, next);
    step.assign(product, upToNow);
    Operand<TFloat32> ofMomentum =
        ops.math.mul(rate, ops.math.div(next, ops.math.sub(one, upToNext)));
    Operand<TFloat32> ofGradient =
        ops.math.mul(rate, ops.math.div(ops.math.sub(one, now), ops.math.sub(one, upToNow)));
    Operand<TFloat32> correction = ops.math.sub(one, step.power(beta2));
    return (tf, variable, gradient) -> {
      Operand<TFloat32> m = step.moved(own.get(variable, "momentum"), gradient, 1 - (float) beta1);
      Operand<TFloat32> square = step.squared(gradient);
      Operand<TFloat32> v = step.moved(own.get(variable, "velocity"), square, 1 - (float) beta2);
      Operand<TFloat32> change =
          ops.math.add(ops.math.mul(ofMomentum, m), ops.math.mul(ofGradient, gradient));
      Operand<TFloat32> root = ops.math.sqrt(ops.math.div(v, correction));
      Operand<TFloat32> divisor = ops.math.add(root, step.constant(epsilon));
      return tf.assignSubVariableOp(step.handle(variable), ops.math.div(change, divisor));
    };
  }

  /** Returns the momentum of this step or of a later one; beta1 after a while. */
  private Operand<TFloat32> warmed(UpdateStep step, int later) {
    Ops ops = step.tf();
    Operand<TFloat32> power = ops.math.pow(step.constant(0.96), step.number(later));
    Operand<TFloat32> cold = ops.math.mul(step.constant(0.5), power);
    return ops.math.mul(step.constant(beta1), ops.math.sub(step.constant(1), cold));
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code Nadam.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Nadam fromConfig(Config config) {
    Nadam optimizer = new Nadam().common(config);
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
