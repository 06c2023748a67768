package keras.callbacks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.text.Output;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Looks on while a model is trained, evaluated or asked for predictions. Keras: {@code
 * keras.callbacks.Callback}.
 *
 * <p>Override the hooks of interest; the others do nothing. A hook for batches that no callback
 * overrides costs nothing: the numbers for it are not even computed.
 *
 * <pre>{@code
 * class ResetEachEpoch extends Callback {
 *   @Override
 *   public void onEpochBegin(int epoch, Map<String, Double> logs) {
 *     model().resetStates();
 *   }
 * }
 * }</pre>
 *
 * <p>Logs are sorted by name, as Keras sorts them, and are never null. What a callback adds to them
 * is seen by the callbacks after it, {@link History} among them.
 */
public abstract class Callback {
  private Map<String, Object> params = Map.of();
  private TrainedModel model;
  private Output output = Output.standard();

  /** A callback that does nothing yet. */
  protected Callback() {}

  /** Tells whether it writes files or shows something: of several workers only one has it then. */
  boolean writes() {
    return false;
  }

  /**
   * Sets how training goes on.
   *
   * @param params {@code verbose}, {@code epochs} and {@code steps}, the last one null if it is not
   *     known
   */
  public void setParams(Map<String, Object> params) {
    this.params = Checks.given(getClass().getSimpleName(), "params", params);
  }

  /**
   * Tells how training goes on.
   *
   * @return {@code verbose}, {@code epochs} and {@code steps}; empty before there is a model
   */
  public final Map<String, Object> params() {
    return params;
  }

  /**
   * Sets the model to look on.
   *
   * @param model the model
   */
  public void setModel(TrainedModel model) {
    this.model = model;
  }

  /**
   * Returns the model being looked on.
   *
   * @return the model; null before the first hook is called
   */
  public final TrainedModel model() {
    return model;
  }

  /** Returns the model, which there must be by now. */
  final TrainedModel trained() {
    if (model == null) {
      throw Errors.in(getClass().getSimpleName(), "there is no model to look on.")
          .expected("setModel(model) before, as fit, evaluate and predict call it")
          .got("none")
          .fix("give the callback to one of them, or set a model first")
          .state();
    }
    return model;
  }

  /** Returns logs that may be missing: Keras's {@code logs or {}}. */
  static Map<String, Double> orNone(Map<String, Double> logs) {
    return logs == null ? new LinkedHashMap<>() : logs;
  }

  /**
   * Sets where messages go. Ours alone: Keras prints to standard output.
   *
   * @param output standard output by default
   */
  public void setOutput(Output output) {
    this.output = Checks.given(getClass().getSimpleName(), "output", output);
  }

  /**
   * Tells where messages go.
   *
   * @return standard output by default
   */
  public final Output output() {
    return output;
  }

  /**
   * Called as {@code fit} begins.
   *
   * @param logs empty
   */
  public void onTrainBegin(Map<String, Double> logs) {}

  /**
   * Called as {@code fit} ends, unless it fails.
   *
   * @param logs the logs of the last {@link #onEpochEnd}
   */
  public void onTrainEnd(Map<String, Double> logs) {}

  /**
   * Called as an epoch of {@code fit} begins.
   *
   * @param epoch counted from 0
   * @param logs empty
   */
  public void onEpochBegin(int epoch, Map<String, Double> logs) {}

  /**
   * Called as an epoch of {@code fit} ends, after validation.
   *
   * @param epoch counted from 0
   * @param logs the loss and the metrics over the epoch, those of validation with {@code val_}
   *     before their names
   */
  public void onEpochEnd(int epoch, Map<String, Double> logs) {}

  /**
   * Called before each batch of {@code fit}. Calls {@link #onBatchBegin} unless overridden.
   *
   * @param batch counted from 0 within the epoch
   * @param logs empty
   */
  public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
    onBatchBegin(batch, logs);
  }

  /**
   * Called after each batch of {@code fit}. Calls {@link #onBatchEnd} unless overridden.
   *
   * @param batch counted from 0 within the epoch
   * @param logs the loss and the metrics over the epoch up to here
   */
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
    onBatchEnd(batch, logs);
  }

  /**
   * The older name of {@link #onTrainBatchBegin}.
   *
   * @param batch counted from 0 within the epoch
   * @param logs empty
   */
  public void onBatchBegin(int batch, Map<String, Double> logs) {}

  /**
   * The older name of {@link #onTrainBatchEnd}.
   *
   * @param batch counted from 0 within the epoch
   * @param logs the loss and the metrics over the epoch up to here
   */
  public void onBatchEnd(int batch, Map<String, Double> logs) {}

  /**
   * Called as {@code evaluate} begins, and validation within {@code fit}.
   *
   * @param logs empty
   */
  public void onTestBegin(Map<String, Double> logs) {}

  /**
   * Called as {@code evaluate} ends, and validation within {@code fit}.
   *
   * @param logs the loss and the metrics
   */
  public void onTestEnd(Map<String, Double> logs) {}

  /**
   * Called before each batch of {@code evaluate}, and of validation within {@code fit}.
   *
   * @param batch counted from 0
   * @param logs empty
   */
  public void onTestBatchBegin(int batch, Map<String, Double> logs) {}

  /**
   * Called after each batch of {@code evaluate}, and of validation within {@code fit}.
   *
   * @param batch counted from 0
   * @param logs the loss and the metrics up to here
   */
  public void onTestBatchEnd(int batch, Map<String, Double> logs) {}

  /**
   * Called as {@code predict} begins.
   *
   * @param logs empty
   */
  public void onPredictBegin(Map<String, Double> logs) {}

  /**
   * Called as {@code predict} ends.
   *
   * @param logs empty
   */
  public void onPredictEnd(Map<String, Double> logs) {}

  /**
   * Called before each batch of {@code predict}.
   *
   * @param batch counted from 0
   * @param logs empty
   */
  public void onPredictBatchBegin(int batch, Map<String, Double> logs) {}

  /**
   * Called after each batch of {@code predict}.
   *
   * @param batch counted from 0
   * @param logs under {@code outputs}, what the model answered to this batch: one array for each of
   *     its outputs
   */
  public void onPredictBatchEnd(int batch, Map<String, List<FloatNdArray>> logs) {}

  /** Whether calling this hook, in the run that has begun, does anything. */
  boolean listensTo(BatchHook hook) {
    return hook.isOverriddenIn(getClass());
  }

  /** Whether, in the run that has begun, this hook ever looks at its logs. */
  boolean readsLogsOf(BatchHook hook) {
    return listensTo(hook);
  }

  /** Whether this hook would look at its logs if it were called for this batch. */
  boolean readsLogsNowOf(BatchHook hook, int batch) {
    return readsLogsOf(hook);
  }

  /** Returns the name of the class. */
  @Override
  public String toString() {
    return getClass().getSimpleName();
  }
}
