package keras.callbacks;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * A callback made of functions. Keras: {@code keras.callbacks.LambdaCallback}.
 *
 * <pre>{@code
 * new LambdaCallback()
 *     .onEpochEnd((epoch, logs) -> losses.add(logs.get("loss")))
 *     .onTrainEnd(logs -> file.close())
 * }</pre>
 *
 * <p>Each hook of {@link Callback} can be given once; a second function takes the place of the
 * first.
 */
public final class LambdaCallback extends Callback {
  private Consumer<Map<String, Double>> trainBegin = logs -> {};
  private Consumer<Map<String, Double>> trainEnd = logs -> {};
  private Consumer<Map<String, Double>> testBegin = logs -> {};
  private Consumer<Map<String, Double>> testEnd = logs -> {};
  private Consumer<Map<String, Double>> predictBegin = logs -> {};
  private Consumer<Map<String, Double>> predictEnd = logs -> {};
  private BiConsumer<Integer, Map<String, Double>> epochBegin = (epoch, logs) -> {};
  private BiConsumer<Integer, Map<String, Double>> epochEnd = (epoch, logs) -> {};
  private BiConsumer<Integer, Map<String, List<FloatNdArray>>> predictBatchEnd;
  private final Map<BatchHook, BiConsumer<Integer, Map<String, Double>>> batches =
      new EnumMap<>(BatchHook.class);

  /** A callback that does nothing yet. */
  public LambdaCallback() {}

  /**
   * Called as {@code fit} begins.
   *
   * @param function gets empty logs
   * @return this callback
   */
  public LambdaCallback onTrainBegin(Consumer<Map<String, Double>> function) {
    trainBegin = function == null ? logs -> {} : function;
    return this;
  }

  /**
   * Called as {@code fit} ends.
   *
   * @param function gets the logs of the last epoch
   * @return this callback
   */
  public LambdaCallback onTrainEnd(Consumer<Map<String, Double>> function) {
    trainEnd = function == null ? logs -> {} : function;
    return this;
  }

  /**
   * Called as an epoch begins.
   *
   * @param function gets the epoch, from 0, and empty logs
   * @return this callback
   */
  public LambdaCallback onEpochBegin(BiConsumer<Integer, Map<String, Double>> function) {
    epochBegin = function == null ? (epoch, logs) -> {} : function;
    return this;
  }

  /**
   * Called as an epoch ends.
   *
   * @param function gets the epoch, from 0, and its loss and metrics
   * @return this callback
   */
  public LambdaCallback onEpochEnd(BiConsumer<Integer, Map<String, Double>> function) {
    epochEnd = function == null ? (epoch, logs) -> {} : function;
    return this;
  }

  /**
   * Called before each batch of {@code fit}.
   *
   * @param function gets the batch, from 0, and empty logs
   * @return this callback
   */
  public LambdaCallback onTrainBatchBegin(BiConsumer<Integer, Map<String, Double>> function) {
    return put(BatchHook.TRAIN_BEGIN, function);
  }

  /**
   * Called after each batch of {@code fit}.
   *
   * @param function gets the batch, from 0, and the loss and metrics up to here
   * @return this callback
   */
  public LambdaCallback onTrainBatchEnd(BiConsumer<Integer, Map<String, Double>> function) {
    return put(BatchHook.TRAIN_END, function);
  }

  /**
   * Called as {@code evaluate} begins.
   *
   * @param function gets empty logs
   * @return this callback
   */
  public LambdaCallback onTestBegin(Consumer<Map<String, Double>> function) {
    testBegin = function == null ? logs -> {} : function;
    return this;
  }

  /**
   * Called as {@code evaluate} ends.
   *
   * @param function gets the loss and metrics
   * @return this callback
   */
  public LambdaCallback onTestEnd(Consumer<Map<String, Double>> function) {
    testEnd = function == null ? logs -> {} : function;
    return this;
  }

  /**
   * Called before each batch of {@code evaluate}.
   *
   * @param function gets the batch, from 0, and empty logs
   * @return this callback
   */
  public LambdaCallback onTestBatchBegin(BiConsumer<Integer, Map<String, Double>> function) {
    return put(BatchHook.TEST_BEGIN, function);
  }

  /**
   * Called after each batch of {@code evaluate}.
   *
   * @param function gets the batch, from 0, and the loss and metrics up to here
   * @return this callback
   */
  public LambdaCallback onTestBatchEnd(BiConsumer<Integer, Map<String, Double>> function) {
    return put(BatchHook.TEST_END, function);
  }

  /**
   * Called as {@code predict} begins.
   *
   * @param function gets empty logs
   * @return this callback
   */
  public LambdaCallback onPredictBegin(Consumer<Map<String, Double>> function) {
    predictBegin = function == null ? logs -> {} : function;
    return this;
  }

  /**
   * Called as {@code predict} ends.
   *
   * @param function gets empty logs
   * @return this callback
   */
  public LambdaCallback onPredictEnd(Consumer<Map<String, Double>> function) {
    predictEnd = function == null ? logs -> {} : function;
    return this;
  }

  /**
   * Called before each batch of {@code predict}.
   *
   * @param function gets the batch, from 0, and empty logs
   * @return this callback
   */
  public LambdaCallback onPredictBatchBegin(BiConsumer<Integer, Map<String, Double>> function) {
    return put(BatchHook.PREDICT_BEGIN, function);
  }

  /**
   * Called after each batch of {@code predict}.
   *
   * @param function gets the batch, from 0, and under {@code outputs} the arrays answered to it
   * @return this callback
   */
  public LambdaCallback onPredictBatchEnd(
      BiConsumer<Integer, Map<String, List<FloatNdArray>>> function) {
    predictBatchEnd = function;
    return this;
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    trainBegin.accept(logs);
  }

  @Override
  public void onTrainEnd(Map<String, Double> logs) {
    trainEnd.accept(logs);
  }

  @Override
  public void onEpochBegin(int epoch, Map<String, Double> logs) {
    epochBegin.accept(epoch, logs);
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    epochEnd.accept(epoch, logs);
  }

  @Override
  public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
    call(BatchHook.TRAIN_BEGIN, batch, logs);
  }

  @Override
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
    call(BatchHook.TRAIN_END, batch, logs);
  }

  @Override
  public void onTestBegin(Map<String, Double> logs) {
    testBegin.accept(logs);
  }

  @Override
  public void onTestEnd(Map<String, Double> logs) {
    testEnd.accept(logs);
  }

  @Override
  public void onTestBatchBegin(int batch, Map<String, Double> logs) {
    call(BatchHook.TEST_BEGIN, batch, logs);
  }

  @Override
  public void onTestBatchEnd(int batch, Map<String, Double> logs) {
    call(BatchHook.TEST_END, batch, logs);
  }

  @Override
  public void onPredictBegin(Map<String, Double> logs) {
    predictBegin.accept(logs);
  }

  @Override
  public void onPredictEnd(Map<String, Double> logs) {
    predictEnd.accept(logs);
  }

  @Override
  public void onPredictBatchBegin(int batch, Map<String, Double> logs) {
    call(BatchHook.PREDICT_BEGIN, batch, logs);
  }

  @Override
  public void onPredictBatchEnd(int batch, Map<String, List<FloatNdArray>> logs) {
    if (predictBatchEnd != null) {
      predictBatchEnd.accept(batch, logs);
    }
  }

  @Override
  boolean listensTo(BatchHook hook) {
    return hook == BatchHook.PREDICT_END ? predictBatchEnd != null : batches.containsKey(hook);
  }

  private LambdaCallback put(BatchHook hook, BiConsumer<Integer, Map<String, Double>> function) {
    if (function == null) {
      batches.remove(hook);
    } else {
      batches.put(hook, function);
    }
    return this;
  }

  private void call(BatchHook hook, int batch, Map<String, Double> logs) {
    BiConsumer<Integer, Map<String, Double>> function = batches.get(hook);
    if (function != null) {
      function.accept(batch, logs);
    }
  }
}
