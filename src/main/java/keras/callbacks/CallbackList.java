package keras.callbacks;

import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.text.Output;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Several callbacks as one, called in their order. Keras: {@code keras.callbacks.CallbackList}.
 *
 * <pre>{@code
 * CallbackList callbacks = new CallbackList(given).addHistory(true).addProgbar(verbose != 0);
 * callbacks.setModel(model);
 * callbacks.setParams(params);
 * callbacks.onTrainBegin(Map.of());
 * ...
 * callbacks.onTrainBatchEnd(step, () -> metricResults());
 * }</pre>
 *
 * <p>Each call sorts the logs by name, as Keras does, and hands one copy of them to all callbacks.
 */
public final class CallbackList extends Callback {
  private final List<Callback> callbacks = new ArrayList<>();
  private final Map<BatchHook, List<Callback>> listeners = new EnumMap<>(BatchHook.class);
  private boolean hasParams;
  private boolean hasOutput;

  /**
   * A list of these.
   *
   * @param callbacks called in this order
   */
  public CallbackList(Callback... callbacks) {
    this(Checks.each("CallbackList", "callbacks", callbacks));
  }

  /**
   * A list of these.
   *
   * @param callbacks called in this order
   */
  public CallbackList(Collection<? extends Callback> callbacks) {
    Checks.given("CallbackList", "callbacks", callbacks).forEach(this::append);
  }

  private boolean contains(Callback wanted) {
    return callbacks.stream()
        .anyMatch(
            each -> each == wanted || (each instanceof CallbackList list && list.contains(wanted)));
  }

  /**
   * Adds a callback at the end.
   *
   * @param callback gets the model, the parameters and the output that the others have
   * @return this list
   */
  public CallbackList append(Callback callback) {
    Checks.notNull("CallbackList", "callback", callback);
    if (callback == this || (callback instanceof CallbackList list && list.contains(this))) {
      throw Errors.in("CallbackList", "a list of callbacks cannot be in itself.")
          .expected("callbacks, or lists of others")
          .got("the list that it is added to, or one that has it")
          .fix("leave it out")
          .argument();
    }
    callbacks.add(callback);
    if (model() != null) {
      callback.setModel(model());
    }
    if (hasParams) {
      callback.setParams(params());
    }
    if (hasOutput) {
      callback.setOutput(output());
    }
    listeners.clear();
    return this;
  }

  /**
   * Leaves out callbacks that write files or show something, and lets the others print nothing, as
   * all workers but one do.
   *
   * @param value false to do nothing, the default
   * @return this list
   */
  public CallbackList withoutWriting(boolean value) {
    if (value) {
      callbacks.removeIf(Callback::writes);
      setOutput(Output.to(Writer.nullWriter()));
      listeners.clear();
    }
    return this;
  }

  /**
   * Adds a {@link History} at the end, unless there is one.
   *
   * @param value false to do nothing, the default
   * @return this list
   */
  public CallbackList addHistory(boolean value) {
    return value && find(History.class) == null ? append(new History()) : this;
  }

  /**
   * Adds a {@link ProgbarLogger} at the end, unless there is one.
   *
   * @param value false to do nothing, the default
   * @return this list
   */
  public CallbackList addProgbar(boolean value) {
    return value && find(ProgbarLogger.class) == null ? append(new ProgbarLogger()) : this;
  }

  /**
   * Returns the history among the callbacks.
   *
   * @return the last one; null if there is none
   */
  public History history() {
    return find(History.class);
  }

  /** {@return the callbacks in the order in which they are called} */
  public List<Callback> callbacks() {
    return Collections.unmodifiableList(callbacks);
  }

  /**
   * Tells whether anybody may ask for numbers after a training batch. If not, {@link
   * #onTrainBatchEnd(int, Supplier)} never calls its supplier, and the numbers are needed at the
   * end of the epoch only; the hook is to be called all the same. A bar asks on a terminal, and so
   * does a callback that overrides the hook.
   *
   * @return the answer for the {@code fit} that has begun
   */
  public boolean wantsBatchLogs() {
    return wants(BatchHook.TRAIN_END);
  }

  /**
   * Whether anybody may ask for numbers after a batch of evaluation, as {@link #wantsBatchLogs()}.
   *
   * @return the answer for the {@code fit} or {@code evaluate} that has begun
   */
  public boolean wantsTestBatchLogs() {
    return wants(BatchHook.TEST_END);
  }

  /**
   * Tells whether anybody but a progress bar looks at the batches of evaluation one by one. If not,
   * several may be done as one.
   *
   * @return the answer for the {@code fit} or {@code evaluate} that has begun
   */
  public boolean seesTestBatches() {
    return sees(BatchHook.TEST_BEGIN) || sees(BatchHook.TEST_END);
  }

  /**
   * Whether somebody who may stop training looks at its batches one by one: not those who write.
   *
   * @return the answer for the {@code fit} that has begun
   */
  public boolean seesTrainBatches() {
    return Stream.of(BatchHook.TRAIN_BEGIN, BatchHook.TRAIN_END)
        .flatMap(hook -> listeners(hook).stream())
        .anyMatch(callback -> !callback.writes());
  }

  /**
   * Whether anybody but a progress bar looks at the batches of {@code predict} one by one.
   *
   * @return the answer for the {@code predict} that has begun
   */
  public boolean seesPredictBatches() {
    return sees(BatchHook.PREDICT_BEGIN) || sees(BatchHook.PREDICT_END);
  }

  private boolean sees(BatchHook hook) {
    return listeners(hook).stream().anyMatch(callback -> !(callback instanceof ProgbarLogger));
  }

  @Override
  public void setParams(Map<String, Object> params) {
    super.setParams(params);
    hasParams = true;
    callbacks.forEach(callback -> callback.setParams(params));
  }

  @Override
  public void setModel(TrainedModel model) {
    super.setModel(model);
    callbacks.forEach(callback -> callback.setModel(model));
  }

  @Override
  public void setOutput(Output output) {
    super.setOutput(output);
    hasOutput = true;
    callbacks.forEach(callback -> callback.setOutput(output));
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    begin(logs, Callback::onTrainBegin);
  }

  @Override
  public void onTrainEnd(Map<String, Double> logs) {
    every(logs, Callback::onTrainEnd);
  }

  @Override
  public void onEpochBegin(int epoch, Map<String, Double> logs) {
    every(logs, (each, sorted) -> each.onEpochBegin(epoch, sorted));
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    every(logs, (each, sorted) -> each.onEpochEnd(epoch, sorted));
  }

  @Override
  public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
    batch(
        BatchHook.TRAIN_BEGIN,
        batch,
        () -> logs,
        (each, sorted) -> each.onTrainBatchBegin(batch, sorted));
  }

  @Override
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
    batch(
        BatchHook.TRAIN_END,
        batch,
        () -> logs,
        (each, sorted) -> each.onTrainBatchEnd(batch, sorted));
  }

  /**
   * Calls {@link Callback#onTrainBatchEnd} with numbers that are computed only if somebody looks at
   * them now: never if {@link #wantsBatchLogs()} is false, and for a bar alone only when it is
   * about to be drawn again.
   *
   * @param batch counted from 0 within the epoch
   * @param logs computes the loss and the metrics over the epoch up to here
   */
  public void onTrainBatchEnd(int batch, Supplier<Map<String, Double>> logs) {
    batch(BatchHook.TRAIN_END, batch, logs, (each, sorted) -> each.onTrainBatchEnd(batch, sorted));
  }

  @Override
  public void onBatchBegin(int batch, Map<String, Double> logs) {
    batch(
        BatchHook.TRAIN_BEGIN,
        batch,
        () -> logs,
        (each, sorted) -> each.onBatchBegin(batch, sorted));
  }

  @Override
  public void onBatchEnd(int batch, Map<String, Double> logs) {
    batch(BatchHook.TRAIN_END, batch, () -> logs, (each, sorted) -> each.onBatchEnd(batch, sorted));
  }

  @Override
  public void onTestBegin(Map<String, Double> logs) {
    begin(logs, Callback::onTestBegin);
  }

  @Override
  public void onTestEnd(Map<String, Double> logs) {
    every(logs, Callback::onTestEnd);
  }

  @Override
  public void onTestBatchBegin(int batch, Map<String, Double> logs) {
    batch(
        BatchHook.TEST_BEGIN,
        batch,
        () -> logs,
        (each, sorted) -> each.onTestBatchBegin(batch, sorted));
  }

  @Override
  public void onTestBatchEnd(int batch, Map<String, Double> logs) {
    batch(
        BatchHook.TEST_END,
        batch,
        () -> logs,
        (each, sorted) -> each.onTestBatchEnd(batch, sorted));
  }

  /**
   * Calls {@link Callback#onTestBatchEnd} with numbers that are computed only if somebody looks at
   * them now, as {@link #onTrainBatchEnd(int, Supplier)} does.
   *
   * @param batch counted from 0
   * @param logs computes the loss and the metrics up to here
   */
  public void onTestBatchEnd(int batch, Supplier<Map<String, Double>> logs) {
    batch(BatchHook.TEST_END, batch, logs, (each, sorted) -> each.onTestBatchEnd(batch, sorted));
  }

  @Override
  public void onPredictBegin(Map<String, Double> logs) {
    begin(logs, Callback::onPredictBegin);
  }

  @Override
  public void onPredictEnd(Map<String, Double> logs) {
    every(logs, Callback::onPredictEnd);
  }

  @Override
  public void onPredictBatchBegin(int batch, Map<String, Double> logs) {
    batch(
        BatchHook.PREDICT_BEGIN,
        batch,
        () -> logs,
        (each, sorted) -> each.onPredictBatchBegin(batch, sorted));
  }

  @Override
  public void onPredictBatchEnd(int batch, Map<String, List<FloatNdArray>> logs) {
    listeners(BatchHook.PREDICT_END).forEach(each -> each.onPredictBatchEnd(batch, logs));
  }

  private <T extends Callback> T find(Class<T> type) {
    return callbacks.stream().filter(type::isInstance).map(type::cast).reduce(null, (a, b) -> b);
  }

  private boolean wants(BatchHook hook) {
    return listeners(hook).stream().anyMatch(callback -> callback.readsLogsOf(hook));
  }

  /** Who has use for a hook is asked once for each run, after everyone knows that it has begun. */
  private List<Callback> listeners(BatchHook hook) {
    return listeners.computeIfAbsent(
        hook, any -> callbacks.stream().filter(callback -> callback.listensTo(hook)).toList());
  }

  private void begin(Map<String, Double> logs, BiConsumer<Callback, Map<String, Double>> hook) {
    every(logs, hook);
    listeners.clear();
  }

  private void every(Map<String, Double> logs, BiConsumer<Callback, Map<String, Double>> hook) {
    Map<String, Double> sorted = sorted(logs);
    callbacks.forEach(callback -> hook.accept(callback, sorted));
  }

  private void batch(
      BatchHook hook,
      int batch,
      Supplier<Map<String, Double>> logs,
      BiConsumer<Callback, Map<String, Double>> call) {
    Checks.notNull("CallbackList", "logs", logs);
    List<Callback> called = listeners(hook);
    if (!called.isEmpty()) {
      boolean read = called.stream().anyMatch(callback -> callback.readsLogsNowOf(hook, batch));
      Map<String, Double> sorted = sorted(read ? logs.get() : Map.of());
      called.forEach(callback -> call.accept(callback, sorted));
    }
  }

  private static Map<String, Double> sorted(Map<String, Double> logs) {
    return new LinkedHashMap<>(logs == null ? Map.of() : new TreeMap<>(logs));
  }
}
