package keras.optimizers;

import java.util.Map;
import keras.backend.Variable;
import keras.optimizers.schedules.LearningRateSchedule;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Moves each weight by the learning rate, against the sign of a mean of gradients. Keras: {@code
 * keras.optimizers.Lion}.
 *
 * <p>{@code w -= learningRate * sign(beta1 * m + (1 - beta1) * g); m = beta2 * m + (1 - beta2) *
 * g}.
 *
 * @see <a href="https://arxiv.org/abs/2302.06675">Chen et al., Symbolic discovery of optimization
 *     algorithms (2023)</a>
 */
public final class Lion extends Optimizer<Lion> {

  private double beta1 = 0.9;
  private double beta2 = 0.99;

  /** With Keras's defaults: the learning rate is 0.001. */
  public Lion() {
    this(0.001);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the factor of each step; 0.001 by default
   */
  public Lion(double learningRate) {
    super(learningRate, "lion");
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public Lion(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Sets how much of the mean is in a step.
   *
   * @param value above 0, up to 1; 0.9 by default
   * @return this optimizer
   */
  public Lion beta1(double value) {
    changing("beta1");
    beta1 = value;
    return self();
  }

  /**
   * Sets how much of the mean stays.
   *
   * @param value from 0 to 1; 0.99 by default
   * @return this optimizer
   */
  public Lion beta2(double value) {
    changing("beta2");
    beta2 = value;
    return self();
  }

  @Override
  void addSlots(Slots to) {
    to.addZeros("momentum");
  }

  @Override
  Rule rule(UpdateStep step, Slots own) {
    Ops ops = step.tf();
    return (tf, variable, gradient) -> {
      Variable momentum = own.get(variable, "momentum");
      Operand<TFloat32> direction = ops.math.sign(mixed(step, momentum, gradient, beta1));
      step.assign(momentum, mixed(step, momentum, gradient, beta2));
      return tf.assignSubVariableOp(
          step.handle(variable), ops.math.mul(step.learningRate(), direction));
    };
  }

  private static Operand<TFloat32> mixed(
      UpdateStep step, Variable momentum, Operand<TFloat32> gradient, double kept) {
    Ops ops = step.tf();
    return ops.math.add(
        ops.math.mul(step.value(momentum), step.constant(kept)),
        ops.math.mul(gradient, step.constant(1 - kept)));
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code Lion.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Lion fromConfig(Config config) {
    Lion optimizer = new Lion().common(config);
    config.number("beta_1", optimizer::beta1);
    config.number("beta_2", optimizer::beta2);
    return optimizer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("beta_1", beta1);
    config.put("beta_2", beta2);
    return config;
  }
}
