package keras.optimizers;

import keras.optimizers.schedules.LearningRateSchedule;

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
}
