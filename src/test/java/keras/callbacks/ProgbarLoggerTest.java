package keras.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import keras.internal.text.Output;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against transcripts of Keras under a clock of the test's; see {@code testdata/progbar.py}. */
class ProgbarLoggerTest {
  private final StringBuilder text = new StringBuilder();
  private final AtomicLong milliseconds = new AtomicLong();
  private final AtomicInteger computed = new AtomicInteger();

  private static Stream<Golden> cases() {
    return Golden.load("progbar/logger").all("cases").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsOnATerminalWhatKerasDraws(Golden golden) {
    CallbackList callbacks = callbacks(golden, true);
    for (Golden call : golden.all("calls")) {
      milliseconds.set(call.integer("ms"));
      call(callbacks, call);
      assertThat(text.toString())
          .as("%s %s", golden.text("name"), call)
          .isEqualTo(call.text("prints"));
      text.setLength(0);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void printsLinesElsewhereAndAsksForNoNumbersMeanwhile(Golden golden) {
    CallbackList callbacks = callbacks(golden, false);
    StringBuilder expected = new StringBuilder();
    for (Golden call : golden.all("calls")) {
      milliseconds.set(call.integer("ms"));
      call(callbacks, call);
      String prints = call.text("prints");
      if (prints.endsWith("\n")) {
        expected.append(prints.replaceAll("[\b\r]|\u001b\\[\\d*m", "").replaceAll(" *\n", "\n"));
      }
    }
    assertThat(text.toString()).isEqualTo(expected.toString());
    assertThat(callbacks.wantsBatchLogs()).isFalse();
    assertThat(computed).hasValue(0);
  }

  @Test
  void asksForNumbersOnlyWhenTheBarIsDrawn() {
    ProgbarLogger logger = new ProgbarLogger().clock(() -> 1_000_000 * milliseconds.get());
    CallbackList callbacks = new CallbackList(logger);
    callbacks.setOutput(Output.to(text).terminal(true));
    callbacks.setParams(params("verbose", 1, "epochs", 1, "steps", 100));
    callbacks.onTrainBegin(Map.of());
    callbacks.onEpochBegin(0, Map.of());
    assertThat(callbacks.wantsBatchLogs()).isTrue();
    for (int step = 0; step < 100; step++) {
      milliseconds.addAndGet(10);
      callbacks.onTrainBatchEnd(step, counting(Map.of("loss", 0.5)));
    }
    // At 10, 60, 110, ..., 960 ms.
    assertThat(computed).hasValue(20);
    assertThat(text).contains("96/100").doesNotContain("97/100").contains("loss: 0.5000");
  }

  private CallbackList callbacks(Golden golden, boolean terminal) {
    ProgbarLogger logger = new ProgbarLogger().clock(() -> 1_000_000 * milliseconds.get());
    CallbackList callbacks = new CallbackList(logger).addProgbar(true);
    JsonNode json = golden.json();
    JsonNode verbose = json.get("verbose");
    Object steps = json.get("steps").isNull() ? null : json.get("steps").intValue();
    callbacks.setParams(
        params(
            "verbose",
            verbose.isTextual() ? verbose.textValue() : Integer.valueOf(verbose.intValue()),
            "epochs",
            json.get("epochs").intValue(),
            "steps",
            steps));
    callbacks.setOutput(Output.to(text).terminal(terminal));
    return callbacks;
  }

  private void call(CallbackList callbacks, Golden call) {
    Map<String, Double> logs = new LinkedHashMap<>();
    call.at("logs").keys().forEach(name -> logs.put(name, call.at("logs").number(name)));
    int index = call.has("index") ? (int) call.integer("index") : -1;
    switch (call.text("hook")) {
      case "on_train_begin" -> callbacks.onTrainBegin(logs);
      case "on_train_end" -> callbacks.onTrainEnd(logs);
      case "on_epoch_begin" -> callbacks.onEpochBegin(index, logs);
      case "on_epoch_end" -> callbacks.onEpochEnd(index, logs);
      case "on_train_batch_begin" -> callbacks.onTrainBatchBegin(index, logs);
      case "on_train_batch_end" -> callbacks.onTrainBatchEnd(index, counting(logs));
      case "on_test_begin" -> callbacks.onTestBegin(logs);
      case "on_test_end" -> callbacks.onTestEnd(logs);
      case "on_test_batch_begin" -> callbacks.onTestBatchBegin(index, logs);
      case "on_test_batch_end" -> callbacks.onTestBatchEnd(index, counting(logs));
      case "on_predict_begin" -> callbacks.onPredictBegin(logs);
      case "on_predict_end" -> callbacks.onPredictEnd(logs);
      case "on_predict_batch_begin" -> callbacks.onPredictBatchBegin(index, logs);
      case "on_predict_batch_end" ->
          callbacks.onPredictBatchEnd(index, Map.of("outputs", List.of()));
      default -> throw new AssertionError(call.text("hook"));
    }
  }

  private Supplier<Map<String, Double>> counting(Map<String, Double> logs) {
    return () -> {
      computed.incrementAndGet();
      return logs;
    };
  }

  private static Map<String, Object> params(Object... namesAndValues) {
    Map<String, Object> params = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return params;
  }
}
