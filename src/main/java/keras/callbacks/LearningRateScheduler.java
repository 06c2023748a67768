package keras.callbacks;

import java.util.Map;
import java.util.function.IntToDoubleFunction;
import keras.internal.messages.Checks;
import keras.internal.text.PythonFormat;

/**
 * Sets the learning rate at the beginning of each epoch. Keras: {@code
 * keras.callbacks.LearningRateScheduler}.
 *
 * <pre>{@code
 * new LearningRateScheduler((epoch, rate) -> epoch < 10 ? rate : rate * Math.exp(-0.1))
 * }</pre>
 *
 * <p>It also puts {@code learning_rate} into the logs of each epoch.
 */
public final class LearningRateScheduler extends Callback {

  /** The learning rate of an epoch. */
  @FunctionalInterface
  public interface Schedule {
    /**
     * Returns the learning rate of an epoch.
     *
     * @param epoch counted from 0
     * @param learningRate the rate so far
     * @return the rate from now on
     */
    double at(int epoch, double learningRate);
  }

  private final Schedule schedule;
  private int verbose;

  /**
   * A rate that may depend on the one before.
   *
   * @param schedule from the epoch, counted from 0, and the rate so far to the rate from now on
   */
  public LearningRateScheduler(Schedule schedule) {
    this.schedule = Checks.given("LearningRateScheduler", "schedule", schedule);
  }

  /**
   * A rate that depends on the epoch alone.
   *
   * @param schedule from the epoch, counted from 0, to its rate
   */
  public LearningRateScheduler(IntToDoubleFunction schedule) {
    Checks.notNull("LearningRateScheduler", "schedule", schedule);
    this.schedule = (epoch, learningRate) -> schedule.applyAsDouble(epoch);
  }

  /**
   * Sets whether to say what is done.
   *
   * @param value 0 for no, the default; 1 for yes
   * @return this callback
   */
  public LearningRateScheduler verbose(int value) {
    verbose = value;
    return this;
  }

  @Override
  public void onEpochBegin(int epoch, Map<String, Double> logs) {
    double rate = schedule.at(epoch, trained().learningRate());
    trained().learningRate((float) rate);
    if (verbose > 0) {
      output()
          .println(
              "\nEpoch "
                  + (epoch + 1)
                  + ": LearningRateScheduler setting learning rate to "
                  + PythonFormat.repr(rate)
                  + ".");
    }
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    orNone(logs).put("learning_rate", (double) trained().learningRate());
  }
}
