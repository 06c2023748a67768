package keras.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LambdaCallbackTest {
  private final List<String> calls = new ArrayList<>();

  @Test
  void callsTheFunctionOfEachHook() {
    LambdaCallback callback =
        new LambdaCallback()
            .onTrainBegin(logs -> calls.add("train begins"))
            .onTrainEnd(logs -> calls.add("train ends"))
            .onEpochBegin((epoch, logs) -> calls.add("epoch begins " + epoch))
            .onEpochEnd((epoch, logs) -> calls.add("epoch ends " + epoch + logs))
            .onTrainBatchBegin((batch, logs) -> calls.add("batch begins " + batch))
            .onTrainBatchEnd((batch, logs) -> calls.add("batch ends " + batch + logs))
            .onTestBegin(logs -> calls.add("test begins"))
            .onTestEnd(logs -> calls.add("test ends " + logs))
            .onTestBatchBegin((batch, logs) -> calls.add("test batch begins " + batch))
            .onTestBatchEnd((batch, logs) -> calls.add("test batch ends " + batch))
            .onPredictBegin(logs -> calls.add("predict begins"))
            .onPredictEnd(logs -> calls.add("predict ends"))
            .onPredictBatchBegin((batch, logs) -> calls.add("predict batch begins " + batch))
            .onPredictBatchEnd((batch, logs) -> calls.add("predict batch ends " + logs.keySet()));
    play(callback);
    assertThat(calls)
        .containsExactly(
            "train begins",
            "epoch begins 1",
            "batch begins 2",
            "batch ends 2{loss=0.5}",
            "test begins",
            "test batch begins 3",
            "test batch ends 3",
            "test ends {loss=0.5}",
            "epoch ends 1{loss=0.5}",
            "train ends",
            "predict begins",
            "predict batch begins 4",
            "predict batch ends [outputs]",
            "predict ends");
  }

  @Test
  void doesNothingWithoutFunctions() {
    play(new LambdaCallback());
    assertThat(calls).isEmpty();
  }

  private static void play(LambdaCallback callback) {
    Map<String, Double> none = Map.of();
    Map<String, Double> logs = Map.of("loss", 0.5);
    callback.onTrainBegin(none);
    callback.onEpochBegin(1, none);
    callback.onTrainBatchBegin(2, none);
    callback.onTrainBatchEnd(2, logs);
    callback.onTestBegin(none);
    callback.onTestBatchBegin(3, none);
    callback.onTestBatchEnd(3, logs);
    callback.onTestEnd(logs);
    callback.onEpochEnd(1, logs);
    callback.onTrainEnd(logs);
    callback.onPredictBegin(none);
    callback.onPredictBatchBegin(4, none);
    callback.onPredictBatchEnd(4, Map.of("outputs", List.of()));
    callback.onPredictEnd(none);
  }
}
