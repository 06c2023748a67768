package keras.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.internal.text.Output;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;

class CallbackListTest {
  private final List<String> calls = new ArrayList<>();

  /** Notes every hook, in the way of a user's subclass. */
  private final class Recorder extends Callback {
    private final String name;

    Recorder(String name) {
      this.name = name;
    }

    private void note(String hook, Object... arguments) {
      calls.add(name + "." + hook + List.of(arguments));
    }

    @Override
    public void onTrainBegin(Map<String, Double> logs) {
      note("trainBegin", logs);
    }

    @Override
    public void onTrainEnd(Map<String, Double> logs) {
      note("trainEnd", logs);
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
      note("epochBegin", epoch, logs);
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
      note("epochEnd", epoch, logs);
    }

    @Override
    public void onBatchBegin(int batch, Map<String, Double> logs) {
      note("batchBegin", batch, logs);
    }

    @Override
    public void onBatchEnd(int batch, Map<String, Double> logs) {
      note("batchEnd", batch, logs);
    }

    @Override
    public void onTestBegin(Map<String, Double> logs) {
      note("testBegin", logs);
    }

    @Override
    public void onTestEnd(Map<String, Double> logs) {
      note("testEnd", logs);
    }

    @Override
    public void onTestBatchBegin(int batch, Map<String, Double> logs) {
      note("testBatchBegin", batch, logs);
    }

    @Override
    public void onTestBatchEnd(int batch, Map<String, Double> logs) {
      note("testBatchEnd", batch, logs);
    }

    @Override
    public void onPredictBegin(Map<String, Double> logs) {
      note("predictBegin", logs);
    }

    @Override
    public void onPredictEnd(Map<String, Double> logs) {
      note("predictEnd", logs);
    }

    @Override
    public void onPredictBatchBegin(int batch, Map<String, Double> logs) {
      note("predictBatchBegin", batch, logs);
    }

    @Override
    public void onPredictBatchEnd(int batch, Map<String, List<FloatNdArray>> logs) {
      note("predictBatchEnd", batch, logs.get("outputs").get(0).getFloat(0));
    }
  }

  @Test
  void callsEveryHookOfEveryCallbackInOrder() {
    CallbackList list = new CallbackList(new Recorder("a"), new Recorder("b"));
    Map<String, Double> none = Map.of();
    Map<String, Double> some = Map.of("loss", 2.0);
    list.onTrainBegin(none);
    list.onEpochBegin(3, none);
    list.onTrainBatchBegin(4, none);
    list.onTrainBatchEnd(4, some);
    list.onBatchBegin(5, none);
    list.onBatchEnd(5, some);
    list.onTestBegin(none);
    list.onTestBatchBegin(6, none);
    list.onTestBatchEnd(6, some);
    list.onTestEnd(some);
    list.onEpochEnd(3, some);
    list.onTrainEnd(some);
    list.onPredictBegin(none);
    list.onPredictBatchBegin(7, none);
    list.onPredictBatchEnd(7, Map.of("outputs", List.of(NdArrays.vectorOf(0.5f))));
    list.onPredictEnd(null);
    assertThat(calls)
        .containsExactly(
            "a.trainBegin[{}]",
            "b.trainBegin[{}]",
            "a.epochBegin[3, {}]",
            "b.epochBegin[3, {}]",
            "a.batchBegin[4, {}]",
            "b.batchBegin[4, {}]",
            "a.batchEnd[4, {loss=2.0}]",
            "b.batchEnd[4, {loss=2.0}]",
            "a.batchBegin[5, {}]",
            "b.batchBegin[5, {}]",
            "a.batchEnd[5, {loss=2.0}]",
            "b.batchEnd[5, {loss=2.0}]",
            "a.testBegin[{}]",
            "b.testBegin[{}]",
            "a.testBatchBegin[6, {}]",
            "b.testBatchBegin[6, {}]",
            "a.testBatchEnd[6, {loss=2.0}]",
            "b.testBatchEnd[6, {loss=2.0}]",
            "a.testEnd[{loss=2.0}]",
            "b.testEnd[{loss=2.0}]",
            "a.epochEnd[3, {loss=2.0}]",
            "b.epochEnd[3, {loss=2.0}]",
            "a.trainEnd[{loss=2.0}]",
            "b.trainEnd[{loss=2.0}]",
            "a.predictBegin[{}]",
            "b.predictBegin[{}]",
            "a.predictBatchBegin[7, {}]",
            "b.predictBatchBegin[7, {}]",
            "a.predictBatchEnd[7, 0.5]",
            "b.predictBatchEnd[7, 0.5]",
            "a.predictEnd[{}]",
            "b.predictEnd[{}]");
  }

  @Test
  void sortsLogsByNameAndHandsOneCopyToAll() {
    CallbackList list =
        new CallbackList(
                new LambdaCallback().onEpochEnd((epoch, logs) -> logs.put("added", 7.0)),
                new Recorder("b"))
            .addHistory(true);
    Map<String, Double> given = new LinkedHashMap<>();
    given.put("loss", 1.0);
    given.put("val_loss", 2.0);
    given.put("accuracy", 3.0);
    list.onTrainBegin(Map.of());
    list.onEpochEnd(0, given);
    assertThat(calls.get(1))
        .isEqualTo("b.epochEnd[0, {accuracy=3.0, loss=1.0, val_loss=2.0, added=7.0}]");
    assertThat(list.history().history().keySet())
        .containsExactly("accuracy", "loss", "val_loss", "added");
    assertThat(given).doesNotContainKey("added");
  }

  @Test
  void computesNoNumbersForCallbacksThatLookAtEpochsOnly() {
    CallbackList list =
        new CallbackList(
                new EarlyStopping(),
                new LambdaCallback().onEpochEnd((epoch, logs) -> {}),
                new Callback() {})
            .addHistory(true);
    list.onTrainBegin(Map.of());
    assertThat(list.wantsBatchLogs()).isFalse();
    assertThat(list.wantsTestBatchLogs()).isFalse();
    list.onTrainBatchEnd(0, CallbackListTest::notToBeComputed);
    list.onTestBatchEnd(0, CallbackListTest::notToBeComputed);
  }

  @Test
  void computesNumbersOnceForAllThatOverrideAHook() {
    List<Double> seen = new ArrayList<>();
    Callback older =
        new Callback() {
          @Override
          public void onBatchEnd(int batch, Map<String, Double> logs) {
            seen.add(logs.get("loss"));
          }
        };
    Callback newer =
        new Callback() {
          @Override
          public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
            seen.add(logs.get("loss"));
          }
        };
    CallbackList list = new CallbackList(older, newer);
    list.onTrainBegin(Map.of());
    assertThat(list.wantsBatchLogs()).isTrue();
    assertThat(list.wantsTestBatchLogs()).isFalse();
    List<Integer> computed = new ArrayList<>();
    list.onTrainBatchEnd(
        0,
        () -> {
          computed.add(0);
          return Map.of("loss", 2.5);
        });
    assertThat(seen).containsExactly(2.5, 2.5);
    assertThat(computed).hasSize(1);
  }

  @Test
  void asksAgainWithEachRunWhoHasUseForAHook() {
    LambdaCallback callback = new LambdaCallback();
    CallbackList list = new CallbackList(callback);
    list.onTrainBegin(Map.of());
    assertThat(list.wantsBatchLogs()).isFalse();
    callback.onTrainBatchEnd((batch, logs) -> calls.add("batch " + batch + logs));
    list.onTrainBegin(Map.of());
    assertThat(list.wantsBatchLogs()).isTrue();
    list.onTrainBatchEnd(2, Map.of("loss", 1.0));
    assertThat(calls).containsExactly("batch 2{loss=1.0}");
  }

  @Test
  void keepsTheHistoryAndTheBarThatAreThere() {
    History history = new History();
    ProgbarLogger bar = new ProgbarLogger();
    CallbackList list = new CallbackList(history, bar).addHistory(true).addProgbar(true);
    assertThat(list.callbacks()).containsExactly(history, bar);
    assertThat(list.history()).isSameAs(history);
    assertThat(new CallbackList().addHistory(false).addProgbar(false).callbacks()).isEmpty();
    assertThat(new CallbackList().history()).isNull();
  }

  @Test
  void givesWhatItHasToCallbacksThatComeLater() {
    StandInModel model = new StandInModel();
    Output output = Output.to(new StringBuilder());
    Recorder early = new Recorder("early");
    Recorder late = new Recorder("late");
    CallbackList list = new CallbackList(early);
    list.setModel(model);
    list.setParams(Map.of("epochs", 3));
    list.setOutput(output);
    list.append(late);
    for (Callback each : List.of(early, late)) {
      assertThat(each.model()).isSameAs(model);
      assertThat(each.params()).isEqualTo(Map.of("epochs", 3));
      assertThat(each.output()).isSameAs(output);
    }
  }

  private static Map<String, Double> notToBeComputed() {
    throw new AssertionError("Nobody looks at these numbers.");
  }
}
