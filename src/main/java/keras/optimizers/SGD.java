package keras.optimizers;

import java.util.Map;
import keras.internal.graph.RowSlices;
import keras.optimizers.schedules.LearningRateSchedule;
import keras.utils.Config;
import org.tensorflow.op.train.ResourceApplyKerasMomentum;

/**
 * Gradient descent, with momentum if wanted. Keras: {@code keras.optimizers.SGD}.
 *
 * <p>{@code w -= learningRate * g}; with momentum {@code v = momentum * v - learningRate * g}, then
 * {@code w += v}, or as Nesterov has it {@code w += momentum * v - learningRate * g}.
 */
public final class SGD extends Optimizer<SGD> {

  private double momentum;
  private boolean nesterov;

  /** With Keras's defaults: the learning rate is 0.01. */
  public SGD() {
    this(0.01);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the factor of each step; 0.01 by default
   */
  public SGD(double learningRate) {
    super(learningRate, "sgd");
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public SGD(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Sets how much of the last step is repeated.
   *
   * @param value from 0 to 1; 0.0 by default
   * @return this optimizer
   * @throws IllegalArgumentException if it is out of that range
   */
  public SGD momentum(double value) {
    changing("momentum");
    momentum = fraction("momentum", value);
    return self();
  }

  /**
   * Sets whether the gradient counts as taken after the momentum.
   *
   * @param value if there is momentum; false by default
   * @return this optimizer
   */
  public SGD nesterov(boolean value) {
    changing("nesterov");
    nesterov = value;
    return self();
  }

  @Override
  void addSlots(Slots to) {
    if (momentum != 0) {
      to.addZeros("momentum");
    }
  }

  @Override
  Rule rule(UpdateStep step, Slots own) {
    if (momentum == 0) {
      return (tf, variable, gradient) -> {
        RowSlices rows = step.rows(gradient);
        return rows == null
            ? tf.train.resourceApplyGradientDescent(
                step.handle(variable), step.learningRate(), gradient)
            : tf.resourceScatterSub(
                step.handle(variable),
                rows.rows(),
                tf.math.mul(rows.values(), step.learningRate()));
      };
    }
    return (tf, variable, gradient) ->
        tf.train.resourceApplyKerasMomentum(
            step.handle(variable),
            step.handle(own.get(variable, "momentum")),
            step.learningRate(),
            gradient,
            step.constant(momentum),
            ResourceApplyKerasMomentum.useNesterov(nesterov));
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code SGD.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SGD fromConfig(Config config) {
    SGD optimizer = new SGD().common(config);
    config.number("momentum", optimizer::momentum);
    config.bool("nesterov", optimizer::nesterov);
    return optimizer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("momentum", momentum);
    config.put("nesterov", nesterov);
    return config;
  }
}
