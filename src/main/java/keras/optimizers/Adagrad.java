package keras.optimizers;

import java.util.Map;
import keras.backend.Variable;
import keras.optimizers.schedules.LearningRateSchedule;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Divides the gradient by the root of the sum of its squares. Keras: {@code
 * keras.optimizers.Adagrad}.
 *
 * <p>{@code a += g²; w -= learningRate * g / sqrt(a + epsilon)}.
 *
 * @see <a href="https://jmlr.org/papers/v12/duchi11a.html">Duchi et al., Adaptive subgradient
 *     methods for online learning and stochastic optimization (2011)</a>
 */
public final class Adagrad extends Optimizer<Adagrad> {

  private double initialAccumulatorValue = 0.1;
  private double epsilon = 1e-7;

  /** With Keras's defaults: the learning rate is 0.001. */
  public Adagrad() {
    this(0.001);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the factor of each step; 0.001 by default
   */
  public Adagrad(double learningRate) {
    super(learningRate, "adagrad");
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public Adagrad(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Sets what the sum of squares starts with.
   *
   * @param value 0 or more; 0.1 by default
   * @return this optimizer
   */
  public Adagrad initialAccumulatorValue(double value) {
    changing("initialAccumulatorValue");
    initialAccumulatorValue = value;
    return self();
  }

  /**
   * Sets the number that keeps the divisor from being zero.
   *
   * @param value a small number; 1e-7 by default
   * @return this optimizer
   */
  public Adagrad epsilon(double value) {
    changing("epsilon");
    epsilon = value;
    return self();
  }

  @Override
  void addSlots(Slots to) {
    to.addFilled("accumulator", initialAccumulatorValue);
  }

  @Override
  Rule rule(UpdateStep step, Slots own) {
    Ops ops = step.tf();
    // Not ResourceApplyAdagradV2: it adds epsilon to the root, Keras to what is under it.
    return (tf, variable, gradient) -> {
      Variable accumulator = own.get(variable, "accumulator");
      Operand<TFloat32> sum = ops.math.add(step.value(accumulator), step.squared(gradient));
      step.assign(accumulator, sum);
      Operand<TFloat32> root = ops.math.sqrt(ops.math.add(sum, step.constant(epsilon)));
      Operand<TFloat32> change = ops.math.div(ops.math.mul(step.learningRate(), gradient), root);
      return tf.assignSubVariableOp(step.handle(variable), change);
    };
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code Adagrad.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Adagrad fromConfig(Config config) {
    Adagrad optimizer = new Adagrad().common(config);
    config.number("initial_accumulator_value", optimizer::initialAccumulatorValue);
    config.number("epsilon", optimizer::epsilon);
    return optimizer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("initial_accumulator_value", initialAccumulatorValue);
    config.put("epsilon", epsilon);
    return config;
  }
}
