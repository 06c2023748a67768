package keras.callbacks;

import java.util.Map;
import keras.internal.messages.Errors;
import keras.internal.text.PythonFormat;

/**
 * Lowers the learning rate when a number in the logs no longer gets better. Keras: {@code
 * keras.callbacks.ReduceLROnPlateau}.
 *
 * <pre>{@code
 * new ReduceLROnPlateau().factor(0.2).patience(5).minLr(0.001)
 * }</pre>
 *
 * <p>It also puts {@code learning_rate} into the logs of each epoch.
 */
public final class ReduceLROnPlateau extends MonitorCallback<ReduceLROnPlateau> {
  private double factor = 0.1;
  private int patience = 10;
  private int cooldown;
  private double minLr;

  private int cooldownCounter;
  private int wait;

  /**
   * A tenth of the rate after ten epochs in which {@code val_loss} is not 1e-4 less than before.
   */
  public ReduceLROnPlateau() {
    minDelta(1e-4);
  }

  /**
   * Sets what the rate is multiplied by.
   *
   * @param value less than 1; 0.1 by default
   * @return this callback
   * @throws IllegalArgumentException if it is 1 or more
   */
  public ReduceLROnPlateau factor(double value) {
    if (value >= 1) {
      throw Errors.in(where(), "a factor of 1 or more does not reduce the learning rate.")
          .expected("factor below 1")
          .got(value)
          .fix("write .factor(0.1) for a tenth")
          .argument();
    }
    factor = value;
    return this;
  }

  /**
   * Sets how many epochs without anything better are put up with.
   *
   * @param epochs 10 by default
   * @return this callback
   */
  public ReduceLROnPlateau patience(int epochs) {
    patience = epochs;
    return this;
  }

  /**
   * Sets how many epochs pass after a reduction before patience is tried again.
   *
   * @param epochs 0 by default
   * @return this callback
   */
  public ReduceLROnPlateau cooldown(int epochs) {
    cooldown = epochs;
    return this;
  }

  /**
   * Sets how low the rate may become.
   *
   * @param value 0 by default
   * @return this callback
   */
  public ReduceLROnPlateau minLr(double value) {
    minLr = value;
    return this;
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    best(null);
    cooldownCounter = 0;
    wait = 0;
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    resolveDirection();
    orNone(logs).put("learning_rate", (double) trained().learningRate());
    Double current = monitored(logs, "Learning rate reduction is conditioned on");
    if (current == null) {
      return;
    }
    if (cooldownCounter > 0) {
      cooldownCounter--;
      wait = 0;
    }
    if (isImprovement(current, best())) {
      best(current);
      wait = 0;
    } else if (cooldownCounter <= 0) {
      wait++;
      if (wait >= patience && reduce(epoch)) {
        cooldownCounter = cooldown;
        wait = 0;
      }
    }
  }

  private boolean reduce(int epoch) {
    float rate = trained().learningRate();
    if (rate <= (float) minLr) {
      return false;
    }
    double reduced = Math.max(rate * factor, minLr);
    trained().learningRate((float) reduced);
    say(
        "\nEpoch "
            + (epoch + 1)
            + ": ReduceLROnPlateau reducing learning rate to "
            + PythonFormat.repr(reduced)
            + ".");
    return true;
  }
}
