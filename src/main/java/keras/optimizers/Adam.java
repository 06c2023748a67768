package keras.optimizers;

import keras.optimizers.schedules.LearningRateSchedule;
import keras.utils.Config;

/**
 * Follows the mean of the gradients, divided by the root of their mean square. Keras: {@code
 * keras.optimizers.Adam}.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam: A method for stochastic
 *     optimization (2015)</a>
 */
public final class Adam extends AdamBase<Adam> {

  /** With Keras's defaults: the learning rate is 0.001. */
  public Adam() {
    this(0.001);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the factor of each step; 0.001 by default
   */
  public Adam(double learningRate) {
    super(learningRate, "adam");
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public Adam(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code Adam.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Adam fromConfig(Config config) {
    return new Adam().adamFrom(config);
  }
}
