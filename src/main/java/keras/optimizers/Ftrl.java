package keras.optimizers;

import java.util.Map;
import keras.backend.Variable;
import keras.internal.messages.Errors;
import keras.optimizers.schedules.LearningRateSchedule;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Follows the regularized leader: for large and sparse models. Keras: {@code
 * keras.optimizers.Ftrl}.
 *
 * @see <a href="https://research.google.com/pubs/archive/41159.pdf">McMahan et al., Ad click
 *     prediction (2013)</a>
 */
public final class Ftrl extends Optimizer<Ftrl> {

  private double learningRatePower = -0.5;
  private double initialAccumulatorValue = 0.1;
  private double l1RegularizationStrength = 0.0;
  private double l2RegularizationStrength = 0.0;
  private double l2ShrinkageRegularizationStrength = 0.0;
  private double beta = 0.0;

  /** With Keras's defaults: the learning rate is 0.001. */
  public Ftrl() {
    this(0.001);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the factor of each step; 0.001 by default
   */
  public Ftrl(double learningRate) {
    super(learningRate, "ftrl");
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public Ftrl(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Sets how fast the learning rate falls with the sum of squares.
   *
   * @param value 0 or less; -0.5 by default
   * @return this optimizer
   */
  public Ftrl learningRatePower(double value) {
    changing("learningRatePower");
    learningRatePower = signed("learningRatePower", value, -1);
    return self();
  }

  /**
   * Sets what the sum of squares starts with.
   *
   * @param value 0 or more; 0.1 by default
   * @return this optimizer
   */
  public Ftrl initialAccumulatorValue(double value) {
    changing("initialAccumulatorValue");
    initialAccumulatorValue = signed("initialAccumulatorValue", value, 1);
    return self();
  }

  /**
   * Sets the factor of the sum of magnitudes of the weights.
   *
   * @param value 0 or more; 0.0 by default
   * @return this optimizer
   */
  public Ftrl l1RegularizationStrength(double value) {
    changing("l1RegularizationStrength");
    l1RegularizationStrength = signed("l1RegularizationStrength", value, 1);
    return self();
  }

  /**
   * Sets the factor of the sum of squares of the weights.
   *
   * @param value 0 or more; 0.0 by default
   * @return this optimizer
   */
  public Ftrl l2RegularizationStrength(double value) {
    changing("l2RegularizationStrength");
    l2RegularizationStrength = signed("l2RegularizationStrength", value, 1);
    return self();
  }

  /**
   * Sets how much of the weights is added to the gradient.
   *
   * @param value 0 or more; 0.0 by default
   * @return this optimizer
   */
  public Ftrl l2ShrinkageRegularizationStrength(double value) {
    changing("l2ShrinkageRegularizationStrength");
    l2ShrinkageRegularizationStrength = signed("l2ShrinkageRegularizationStrength", value, 1);
    return self();
  }

  /**
   * Sets what is added to the learning rate's divisor.
   *
   * @param value any number; 0.0 by default
   * @return this optimizer
   */
  public Ftrl beta(double value) {
    changing("beta");
    beta = value;
    return self();
  }

  private static double signed(String argument, double value, int sign) {
    if (!(value * sign >= 0)) {
      throw Errors.in("Ftrl", argument + " has the wrong sign.")
          .expected(sign > 0 ? "0 or more" : "0 or less")
          .got(value)
          .fix("leave it out for the default")
          .argument();
    }
    return value;
  }

  @Override
  void addSlots(Slots to) {
    for (Variable variable : to.of()) {
      to.addFilled(variable, "accumulator", initialAccumulatorValue);
      to.addFilled(variable, "linear", 0);
    }
  }

  @Override
  Rule rule(UpdateStep step, Slots own) {
    Ops ops = step.tf();
    Operand<TFloat32> rate = step.learningRate();
    Operand<TFloat32> power = step.constant(-learningRatePower);
    Operand<TFloat32> strength = step.constant(l1RegularizationStrength);
    Operand<TFloat32> added =
        ops.math.add(
            step.constant(2 * l2RegularizationStrength), ops.math.div(step.constant(beta), rate));
    return (tf, variable, gradient) -> {
      Operand<TFloat32> now = tf.readVariableOp(step.handle(variable), TFloat32.class);
      Variable accumulator = own.get(variable, "accumulator");
      Variable linear = own.get(variable, "linear");
      Operand<TFloat32> before = step.value(accumulator);
      Operand<TFloat32> after = ops.math.add(before, step.squared(gradient));
      Operand<TFloat32> shrunk =
          ops.math.add(
              gradient, ops.math.mul(step.constant(2 * l2ShrinkageRegularizationStrength), now));
      Operand<TFloat32> root = ops.math.pow(after, power);
      Operand<TFloat32> grown = ops.math.div(ops.math.sub(root, ops.math.pow(before, power)), rate);
      Operand<TFloat32> sum =
          ops.math.add(step.value(linear), ops.math.sub(shrunk, ops.math.mul(grown, now)));
      step.assign(linear, sum);
      step.assign(accumulator, after);
      Operand<TFloat32> divisor = ops.math.add(ops.math.div(root, rate), added);
      Operand<TFloat32> clipped = ops.clipByValue(sum, ops.math.neg(strength), strength);
      return tf.withControlDependencies(now)
          .assignVariableOp(
              step.handle(variable), ops.math.div(ops.math.sub(clipped, sum), divisor));
    };
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code Ftrl.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Ftrl fromConfig(Config config) {
    Ftrl optimizer = new Ftrl().common(config);
    config.number("learning_rate_power", optimizer::learningRatePower);
    config.number("initial_accumulator_value", optimizer::initialAccumulatorValue);
    config.number("l1_regularization_strength", optimizer::l1RegularizationStrength);
    config.number("l2_regularization_strength", optimizer::l2RegularizationStrength);
    config.number(
        "l2_shrinkage_regularization_strength", optimizer::l2ShrinkageRegularizationStrength);
    config.number("beta", optimizer::beta);
    return optimizer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("learning_rate_power", learningRatePower);
    config.put("initial_accumulator_value", initialAccumulatorValue);
    config.put("l1_regularization_strength", l1RegularizationStrength);
    config.put("l2_regularization_strength", l2RegularizationStrength);
    config.put("l2_shrinkage_regularization_strength", l2ShrinkageRegularizationStrength);
    config.put("beta", beta);
    return config;
  }
}
