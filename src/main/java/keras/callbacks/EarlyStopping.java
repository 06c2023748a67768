package keras.callbacks;

import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Ends training when a number in the logs no longer gets better. Keras: {@code
 * keras.callbacks.EarlyStopping}.
 *
 * <pre>{@code
 * new EarlyStopping().monitor("loss").patience(3).restoreBestWeights(true)
 * }</pre>
 */
public final class EarlyStopping extends MonitorCallback<EarlyStopping> {
  private int patience;
  private Double baseline;
  private boolean restoreBestWeights;
  private int startFromEpoch;

  private int wait;
  private int stoppedEpoch;
  private int bestEpoch;
  private List<FloatNdArray> bestWeights;

  /** Stops after the first epoch in which {@code val_loss} is not less than before. */
  public EarlyStopping() {}

  /**
   * Sets how many epochs without anything better are put up with.
   *
   * @param epochs 0 by default
   * @return this callback
   */
  public EarlyStopping patience(int epochs) {
    patience = epochs;
    return this;
  }

  /**
   * Sets a value that has to be beaten before patience runs out.
   *
   * @param value null, the default, for none
   * @return this callback
   */
  public EarlyStopping baseline(Double value) {
    baseline = value;
    return this;
  }

  /**
   * Sets whether the model gets back the weights of its best epoch when training ends.
   *
   * @param value false by default: it keeps those of its last step
   * @return this callback
   */
  public EarlyStopping restoreBestWeights(boolean value) {
    restoreBestWeights = value;
    return this;
  }

  /**
   * Sets how many epochs pass before any is looked at.
   *
   * @param epochs 0 by default
   * @return this callback
   */
  public EarlyStopping startFromEpoch(int epochs) {
    startFromEpoch = epochs;
    return this;
  }

  /**
   * Returns the epoch after which training was ended.
   *
   * @return counted from 0; 0 if it was not ended
   */
  public int stoppedEpoch() {
    return stoppedEpoch;
  }

  /**
   * The best epoch so far.
   *
   * @return counted from 0
   */
  public int bestEpoch() {
    return bestEpoch;
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    wait = 0;
    stoppedEpoch = 0;
    best(null);
    bestWeights = null;
    bestEpoch = 0;
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    resolveDirection();
    Double current = monitored(logs, "Early stopping conditioned on");
    if (current == null || epoch < startFromEpoch) {
      return;
    }
    if (restoreBestWeights && bestWeights == null) {
      bestWeights = trained().getWeights();
      bestEpoch = epoch;
    }
    wait++;
    if (isImprovement(current, best())) {
      best(current);
      bestEpoch = epoch;
      if (restoreBestWeights) {
        bestWeights = trained().getWeights();
      }
      if (baseline == null || isImprovement(current, baseline)) {
        wait = 0;
      }
    } else if (wait >= patience && epoch > 0) {
      stoppedEpoch = epoch;
      trained().stopTraining(true);
    }
  }

  @Override
  public void onTrainEnd(Map<String, Double> logs) {
    if (stoppedEpoch > 0) {
      say("Epoch " + (stoppedEpoch + 1) + ": early stopping");
    }
    if (restoreBestWeights && bestWeights != null) {
      say("Restoring model weights from the end of the best epoch: " + (bestEpoch + 1) + ".");
      trained().setWeights(bestWeights);
    }
  }
}
