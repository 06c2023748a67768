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
 * Divides the gradient by the root of its mean square and multiplies it by that of the steps.
 * Keras: {@code keras.optimizers.Adadelta}.
 *
 * <p>{@code a = rho * a + (1 - rho) * g²; d = g * sqrt(b + epsilon) / sqrt(a + epsilon); b = rho *
 * b + (1 - rho) * d²; w -= learningRate * d}.
 *
 * @see <a href="https://arxiv.org/abs/1212.5701">Zeiler, ADADELTA: An adaptive learning rate method
 *     (2012)</a>
 */
public final class Adadelta extends Optimizer<Adadelta> {

  private double rho = 0.95;
  private double epsilon = 1e-7;

  /** With Keras's defaults: the learning rate is 0.001. */
  public Adadelta() {
    this(0.001);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the factor of each step; 0.001 by default
   */
  public Adadelta(double learningRate) {
    super(learningRate, "adadelta");
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public Adadelta(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Sets how slowly both means of squares move.
   *
   * @param value the part that is kept at each step; 0.95 by default
   * @return this optimizer
   */
  public Adadelta rho(double value) {
    changing("rho");
    rho = value;
    return self();
  }

  /**
   * Sets the number that keeps the divisor from being zero.
   *
   * @param value a small number; 1e-7 by default
   * @return this optimizer
   */
  public Adadelta epsilon(double value) {
    changing("epsilon");
    epsilon = value;
    return self();
  }

  @Override
  void addSlots(Slots to) {
    to.addZeros("accumulated_grad", "accumulated_delta_var");
  }

  @Override
  Rule rule(UpdateStep step, Slots own) {
    return (tf, variable, gradient) ->
        step.rows(gradient) != null
            ? ofRows(tf, step, own, variable, gradient)
            : tf.train.resourceApplyAdadelta(
                step.handle(variable),
                step.handle(own.get(variable, "accumulated_grad")),
                step.handle(own.get(variable, "accumulated_delta_var")),
                step.learningRate(),
                step.constant(rho),
                step.constant(epsilon),
                gradient);
  }

  /** Adds the same for a gradient of rows, whose squares are not those of its sum. */
  private Op ofRows(
      Ops tf, UpdateStep step, Slots own, Variable variable, Operand<TFloat32> gradient) {
    Ops ops = step.tf();
    Variable changes = own.get(variable, "accumulated_delta_var");
    Operand<TFloat32> squares = step.squared(gradient);
    Operand<TFloat32> ofGradient =
        step.moved(own.get(variable, "accumulated_grad"), squares, 1 - rho);
    Operand<TFloat32> more = step.constant(epsilon);
    Operand<TFloat32> factor =
        ops.math.sqrt(
            ops.math.div(ops.math.add(step.value(changes), more), ops.math.add(ofGradient, more)));
    step.moved(changes, ops.math.mul(squares, ops.math.square(factor)), 1 - rho);
    Operand<TFloat32> change = ops.math.mul(gradient, factor);
    return tf.assignSubVariableOp(step.handle(variable), ops.math.mul(step.learningRate(), change));
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code Adadelta.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Adadelta fromConfig(Config config) {
    Adadelta optimizer = new Adadelta().common(config);
    config.number("rho", optimizer::rho);
    config.number("epsilon", optimizer::epsilon);
    return optimizer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("rho", rho);
    config.put("epsilon", epsilon);
    return config;
  }
}
