package keras.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the files that Keras writes; see {@code testdata/callbacks.py}. */
class CSVLoggerTest {
  @TempDir private Path folder;

  private static Stream<Golden> cases() {
    return Golden.load("callbacks/csv_logger").all("cases").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesWhatKerasWritesAfterEachEpoch(Golden golden) throws IOException {
    Path file = folder.resolve("log.csv");
    if (golden.has("before")) {
      Files.writeString(file, golden.text("before"));
    }
    CSVLogger logger = new CSVLogger(file.toString());
    if (golden.has("separator")) {
      logger.separator(golden.text("separator").charAt(0));
    }
    if (golden.has("append")) {
      logger.append(golden.bool("append"));
    }
    List<String> contents = new ArrayList<>();
    CallbackList callbacks = new CallbackList(logger);
    for (JsonNode fit : golden.at("fits").json()) {
      callbacks.onTrainBegin(Map.of());
      for (int epoch = 0; epoch < fit.size(); epoch++) {
        callbacks.onEpochEnd(epoch, logs(fit.get(epoch)));
        contents.add(Files.readString(file));
      }
      callbacks.onTrainEnd(Map.of());
    }
    List<String> expected = new ArrayList<>();
    golden.at("contents").json().forEach(each -> expected.add(each.textValue()));
    assertThat(contents).isEqualTo(expected);
  }

  @Test
  void beginsAnewAfterAFitThatFailed() throws IOException {
    Path file = folder.resolve("log.csv");
    CSVLogger logger = new CSVLogger(file);
    logger.onTrainBegin(Map.of());
    logger.onEpochEnd(0, Map.of("loss", 9.0));
    logger.onTrainBegin(Map.of());
    logger.onEpochEnd(0, Map.of("loss", 1.5));
    logger.onTrainEnd(Map.of());
    assertThat(file).hasContent("epoch,loss,val_loss\r\n0,1.5,NA\r\n");
  }

  @Test
  void saysWhichFileItCannotWrite() {
    Path file = folder.resolve("missing").resolve("log.csv");
    CSVLogger logger = new CSVLogger(file);
    assertThatThrownBy(() -> logger.onTrainBegin(Map.of()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("CSVLogger: cannot write " + file.toAbsolutePath());
  }

  private static Map<String, Double> logs(JsonNode node) {
    Map<String, Double> logs = new LinkedHashMap<>();
    node.properties().forEach(each -> logs.put(each.getKey(), each.getValue().doubleValue()));
    return logs;
  }
}
