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
 * Divides the gradient by the root of its mean square. Keras: {@code keras.optimizers.RMSprop}.
 *
 * <p>{@code v = rho * v + (1 - rho) * g²; w -= learningRate * g / sqrt(v + epsilon)}. If centered,
 * the square of the mean gradient is taken from v under the root; with momentum, the step is added
 * to what is kept of the last one.
 */
public final class RMSprop extends Optimizer<RMSprop> {

  private double rho = 0.9;
  private double momentum;
  private double epsilon = 1e-7;
  private boolean centered;

  /** With Keras's defaults: the learning rate is 0.001. */
  public RMSprop() {
    this(0.001);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the factor of each step; 0.001 by default
   */
  public RMSprop(double learningRate) {
    super(learningRate, "rm_sprop");
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public RMSprop(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Sets how slowly the mean of the squared gradients moves.
   *
   * @param value the part that is kept at each step; 0.9 by default
   * @return this optimizer
   */
  public RMSprop rho(double value) {
    changing("rho");
    rho = value;
    return self();
  }

  /**
   * Sets how much of the last step is repeated.
   *
   * @param value from 0 to 1; 0.0 by default
   * @return this optimizer
   */
  public RMSprop momentum(double value) {
    changing("momentum");
    momentum = value;
    return self();
  }

  /**
   * Sets the number that keeps the divisor from being zero.
   *
   * @param value a small number; 1e-7 by default
   * @return this optimizer
   */
  public RMSprop epsilon(double value) {
    changing("epsilon");
    epsilon = value;
    return self();
  }

  /**
   * Sets whether the gradient is divided by its standard deviation.
   *
   * @param value instead of by the root of its mean square; false by default
   * @return this optimizer
   */
  public RMSprop centered(boolean value) {
    changing("centered");
    centered = value;
    return self();
  }

  @Override
  void addSlots(Slots to) {
    to.addZeros("velocity");
    if (momentum > 0) {
      to.addZeros("momentum");
    } else {
      to.addHidden("momentum");
    }
    if (centered) {
      to.addZeros("average_gradient");
    }
  }

  @Override
  Rule rule(UpdateStep step, Slots own) {
    double kept = Math.max(momentum, 0);
    return (tf, variable, dense) -> {
      boolean ofRows = step.rows(dense) != null;
      if (ofRows && rho == 0) {
        return ofRows(tf, step, own, variable, dense);
      }
      Variable velocity = own.get(variable, "velocity");
      Operand<TFloat32> gradient = ofRows ? step.beforehand(dense, velocity, (float) rho) : dense;
      return centered
          ? tf.train.resourceApplyCenteredRmsProp(
              step.handle(variable),
              step.handle(own.get(variable, "average_gradient")),
              step.handle(velocity),
              step.handle(own.get(variable, "momentum")),
              step.learningRate(),
              step.constant(rho),
              step.constant(kept),
              step.constant(epsilon),
              gradient)
          : tf.train.resourceApplyRmsProp(
              step.handle(variable),
              step.handle(velocity),
              step.handle(own.get(variable, "momentum")),
              step.learningRate(),
              step.constant(rho),
              step.constant(kept),
              step.constant(epsilon),
              gradient);
    };
  }

  /** Adds the same for a gradient of rows, whose squares are not those of its sum. */
  private Op ofRows(
      Ops tf, UpdateStep step, Slots own, Variable variable, Operand<TFloat32> gradient) {
    Ops ops = step.tf();
    Operand<TFloat32> divisor =
        step.moved(own.get(variable, "velocity"), step.squared(gradient), 1 - rho);
    if (centered) {
      Operand<TFloat32> mean = step.moved(own.get(variable, "average_gradient"), gradient, 1 - rho);
      divisor = ops.math.sub(divisor, ops.math.square(mean));
    }
    Operand<TFloat32> root = ops.math.sqrt(ops.math.add(divisor, step.constant(epsilon)));
    Operand<TFloat32> change = ops.math.div(ops.math.mul(step.learningRate(), gradient), root);
    if (momentum > 0) {
      Variable slot = own.get(variable, "momentum");
      change = ops.math.add(ops.math.mul(step.constant(momentum), step.value(slot)), change);
      step.assign(slot, change);
    }
    return tf.assignSubVariableOp(step.handle(variable), change);
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code RMSprop.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static RMSprop fromConfig(Config config) {
    RMSprop optimizer = new RMSprop().common(config);
    config.number("rho", optimizer::rho);
    config.number("momentum", optimizer::momentum);
    config.number("epsilon", optimizer::epsilon);
    config.bool("centered", optimizer::centered);
    return optimizer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("rho", rho);
    config.put("momentum", momentum);
    config.put("epsilon", epsilon);
    config.put("centered", centered);
    return config;
  }
}
