package keras.optimizers;

import java.util.Map;
import keras.backend.Variable;
import keras.optimizers.schedules.LearningRateSchedule;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adam with the greatest magnitude in place of the mean square. Keras: {@code
 * keras.optimizers.Adamax}.
 *
 * <p>{@code m += (1 - beta1) * (g - m); u = max(beta2 * u, |g|); w -= learningRate / (1 - beta1^t)
 * * m / (u + epsilon)}.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam: A method for stochastic
 *     optimization (2015)</a>
 */
public final class Adamax extends Optimizer<Adamax> {

  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-7;

  /** With Keras's defaults: the learning rate is 0.001. */
  public Adamax() {
    this(0.001);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the factor of each step; 0.001 by default
   */
  public Adamax(double learningRate) {
    super(learningRate, "adamax");
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public Adamax(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Sets how slowly the mean of the gradients moves.
   *
   * @param value the part that is kept at each step; 0.9 by default
   * @return this optimizer
   */
  public Adamax beta1(double value) {
    changing("beta1");
    beta1 = value;
    return self();
  }

  /**
   * Sets how slowly the greatest magnitude fades.
   *
   * @param value the part that is kept at each step; 0.999 by default
   * @return this optimizer
   */
  public Adamax beta2(double value) {
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
  public Adamax epsilon(double value) {
    changing("epsilon");
    epsilon = value;
    return self();
  }

  @Override
  void addSlots(Slots to) {
    to.addZeros("momentum", "norm");
  }

  @Override
  Rule rule(UpdateStep step, Slots own) {
    return (tf, variable, gradient) ->
        step.rows(gradient) != null
            ? ofRows(tf, step, own, variable, gradient)
            : tf.train.resourceApplyAdaMax(
                step.handle(variable),
                step.handle(own.get(variable, "momentum")),
                step.handle(own.get(variable, "norm")),
                step.power(beta1),
                step.learningRate(),
                step.constant(beta1),
                step.constant(beta2),
                step.constant(epsilon),
                gradient);
  }

  /** Adds the same for a gradient of rows, whose magnitudes are not those of its sum. */
  private Op ofRows(
      Ops tf, UpdateStep step, Slots own, Variable variable, Operand<TFloat32> gradient) {
    Ops ops = step.tf();
    Variable norm = own.get(variable, "norm");
    Operand<TFloat32> m = step.moved(own.get(variable, "momentum"), gradient, 1 - (float) beta1);
    Operand<TFloat32> largest =
        ops.math.maximum(
            ops.math.mul(step.constant(beta2), step.value(norm)), step.magnitude(gradient));
    step.assign(norm, largest);
    Operand<TFloat32> divisor =
        ops.math.mul(
            ops.math.sub(step.constant(1), step.power(beta1)),
            ops.math.add(largest, step.constant(epsilon)));
    return tf.assignSubVariableOp(
        step.handle(variable), ops.math.div(ops.math.mul(step.learningRate(), m), divisor));
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code Adamax.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Adamax fromConfig(Config config) {
    Adamax optimizer = new Adamax().common(config);
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
