package keras.callbacks;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import keras.internal.messages.Checks;
import keras.utils.Progbar;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Shows how training goes on. Keras: {@code keras.callbacks.ProgbarLogger}; {@code fit}, {@code
 * evaluate} and {@code predict} add one unless {@code verbose} is 0.
 *
 * <p>With {@code verbose} 1 there is a {@link Progbar} for each epoch, with 2 a line for each
 * epoch, with {@code "auto"} the same as with 1. Validation within {@code fit} shows nothing of its
 * own.
 */
public final class ProgbarLogger extends Callback {
  private LongSupplier clock = System::nanoTime;
  private Progbar progbar;
  private Integer target;
  private int verbose = 1;
  private int epochs = 1;
  private int seen;
  private boolean calledInFit;

  /** A logger that learns from its parameters what to show. */
  public ProgbarLogger() {}

  /**
   * Sets what tells the time. Ours alone.
   *
   * @param nanoseconds tells nanoseconds since any moment; {@code System::nanoTime} by default
   * @return this logger
   */
  public ProgbarLogger clock(LongSupplier nanoseconds) {
    clock = Checks.given("ProgbarLogger", "clock", nanoseconds);
    return this;
  }

  @Override
  boolean writes() {
    return true;
  }

  @Override
  public void setParams(Map<String, Object> params) {
    super.setParams(params);
    verbose = params.get("verbose") instanceof Integer level ? level : 1;
    epochs = params.get("epochs") instanceof Integer number ? number : 1;
    target = params.get("steps") instanceof Integer number ? number : null;
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    calledInFit = true;
  }

  @Override
  public void onEpochBegin(int epoch, Map<String, Double> logs) {
    begin();
    if (verbose != 0 && epochs > 1) {
      output().println("Epoch " + (epoch + 1) + "/" + epochs);
    }
  }

  @Override
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
    update(batch, logs);
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    end(logs);
  }

  @Override
  public void onTestBegin(Map<String, Double> logs) {
    if (!calledInFit) {
      begin();
    }
  }

  @Override
  public void onTestBatchEnd(int batch, Map<String, Double> logs) {
    if (!calledInFit) {
      update(batch, logs);
    }
  }

  @Override
  public void onTestEnd(Map<String, Double> logs) {
    if (!calledInFit) {
      end(logs);
    }
  }

  @Override
  public void onPredictBegin(Map<String, Double> logs) {
    begin();
  }

  @Override
  public void onPredictBatchEnd(int batch, Map<String, List<FloatNdArray>> logs) {
    update(batch, Map.of());
  }

  @Override
  public void onPredictEnd(Map<String, Double> logs) {
    end(logs);
  }

  /** Batches are timed for a bar, and counted where nobody knows how many there are. */
  @Override
  boolean listensTo(BatchHook hook) {
    return super.listensTo(hook) && (verbose == 1 || target == null) && !isSilent(hook);
  }

  @Override
  boolean readsLogsOf(BatchHook hook) {
    return listensTo(hook) && verbose == 1 && output().isTerminal();
  }

  @Override
  boolean readsLogsNowOf(BatchHook hook, int batch) {
    return readsLogsOf(hook) && progbar != null && progbar.isDue();
  }

  private boolean isSilent(BatchHook hook) {
    return hook == BatchHook.TEST_END && calledInFit;
  }

  private void begin() {
    seen = 0;
    // The trainer's numbers are averages over the epoch already: none is to be averaged again.
    progbar = new Progbar(target).verbose(verbose).statelessMetrics().output(output()).clock(clock);
  }

  private void update(int batch, Map<String, Double> logs) {
    if (progbar == null) {
      begin();
    }
    seen = batch + 1;
    if (verbose == 1) {
      progbar.update(seen, logs, false);
    }
  }

  private void end(Map<String, Double> logs) {
    if (progbar == null) {
      begin();
    }
    if (target == null) {
      target = seen;
      progbar.target(target);
    }
    progbar.update(target, logs, true);
  }
}
