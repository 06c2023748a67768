package keras.optimizers;

import keras.internal.messages.Checks;
import keras.optimizers.schedules.LearningRateSchedule;
import keras.utils.Config;

/**
 * Adam whose weights decay, by 0.004 unless {@link #weightDecay} says otherwise. Keras: {@code
 * keras.optimizers.AdamW}.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, Decoupled weight decay
 *     regularization (2019)</a>
 */
public final class AdamW extends AdamBase<AdamW> {

  /** With Keras's defaults: the learning rate is 0.001, the weight decay 0.004. */
  public AdamW() {
    this(0.001);
  }

  /**
   * With a learning rate.
   *
   * @param learningRate the factor of each step; 0.001 by default
   */
  public AdamW(double learningRate) {
    super(learningRate, "adam_w");
    weightDecay = 0.004;
  }

  /**
   * With a learning rate that follows a schedule.
   *
   * @param schedule the rate of each step
   */
  public AdamW(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code AdamW.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static AdamW fromConfig(Config config) {
    Checks.notNull("AdamW.fromConfig", "config", config);
    if (config.has("weight_decay") && !config.given("weight_decay")) {
      throw config.wrong("weight_decay", "a number");
    }
    return new AdamW().adamFrom(config);
  }
}
