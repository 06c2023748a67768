package keras.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import keras.internal.text.Output;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.NdArrays;

/** Against the files that Keras leaves; see {@code testdata/checkpoints.py}. */
class ModelCheckpointTest {

  private static final int BATCHES = 3;

  @TempDir private Path folder;

  private static Stream<Golden> cases() {
    return Golden.load("checkpoints/model_checkpoint").all("cases").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesTheFilesThatKerasLeavesAndSaysWhatKerasSays(Golden golden) throws IOException {
    StringBuilder printed = new StringBuilder();
    Runnable fit = () -> fit(configured(golden), golden.at("logs").json(), printed);
    List<String> warnings;
    if (golden.json().get("error").isNull()) {
      warnings = Warnings.during(fit);
    } else {
      warnings = List.of();
      assertThatThrownBy(fit::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("ModelCheckpoint")
          .hasMessageContainingAll("expected: ", "got: ", "fix: ");
    }
    assertThat(files()).isEqualTo(texts(golden.at("files").json()));
    assertThat(printed.toString().replace(folder + "/", "")).isEqualTo(golden.text("prints"));
    List<String> warns = new ArrayList<>();
    golden.at("warns").json().forEach(each -> warns.add(each.textValue()));
    assertThat(warnings).isEqualTo(warns);
  }

  private ModelCheckpoint configured(Golden golden) {
    ModelCheckpoint made = new ModelCheckpoint(folder + "/" + golden.text("filepath"));
    golden
        .at("arguments")
        .json()
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              switch (entry.getKey()) {
                case "verbose" -> made.verbose(value.intValue());
                case "save_best_only" -> made.saveBestOnly(value.booleanValue());
                case "save_weights_only" -> made.saveWeightsOnly(value.booleanValue());
                case "mode" -> made.mode(value.textValue());
                case "monitor" -> made.monitor(value.textValue());
                case "initial_value_threshold" -> made.initialValueThreshold(value.doubleValue());
                case "save_freq" -> {
                  if (value.isInt()) {
                    made.saveFreq(value.intValue());
                  } else {
                    made.saveFreq(value.textValue());
                  }
                }
                default -> throw new AssertionError(entry.getKey());
              }
            });
    return made;
  }

  private static void fit(Callback callback, JsonNode epochs, StringBuilder printed) {
    StandInModel model = new StandInModel();
    CallbackList callbacks = new CallbackList(callback);
    callbacks.setModel(model);
    callbacks.setOutput(Output.to(printed));
    callbacks.onTrainBegin(Map.of());
    int step = 0;
    for (int epoch = 0; epoch < epochs.size(); epoch++) {
      Map<String, Double> logs = new TreeMap<>();
      epochs.get(epoch).properties().forEach(e -> logs.put(e.getKey(), e.getValue().asDouble()));
      callbacks.onEpochBegin(epoch, Map.of());
      for (int batch = 0; batch < BATCHES; batch++) {
        step++;
        model.setWeights(List.of(NdArrays.vectorOf((float) step)));
        Map<String, Double> loss = Map.of("loss", logs.get("loss") + batch);
        callbacks.onTrainBatchEnd(batch, () -> loss);
      }
      callbacks.onEpochEnd(epoch, logs);
    }
    callbacks.onTrainEnd(Map.of());
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        found.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return found;
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new TreeMap<>();
    node.properties().forEach(e -> texts.put(e.getKey(), e.getValue().textValue()));
    return texts;
  }

  @Test
  void keepsTheBestOfSingleBatchesWhereKerasFails() throws IOException {
    JsonNode epochs =
        Golden.load("checkpoints/model_checkpoint").all("cases").get(0).at("logs").json();
    ModelCheckpoint checkpoint =
        new ModelCheckpoint(folder.resolve("{epoch}-{batch}.keras"))
            .saveFreq(1)
            .saveBestOnly(true)
            .monitor("loss");
    fit(checkpoint, epochs, new StringBuilder());

    assertThat(files().keySet())
        .containsExactly("1-1.keras", "2-1.keras", "3-1.keras", "4-1.keras");
    assertThat(checkpoint.best()).isEqualTo(1.5);
  }

  @Test
  void goesOnFromTheBestOfAnEarlierFit() throws IOException {
    ModelCheckpoint checkpoint =
        new ModelCheckpoint(folder.resolve("{epoch}.keras")).saveBestOnly(true).monitor("loss");
    checkpoint.setModel(new StandInModel());
    for (double loss : new double[] {1.0, 2.0}) {
      checkpoint.onTrainBegin(Map.of());
      checkpoint.onEpochEnd((int) loss, Map.of("loss", loss));
    }
    assertThat(files().keySet()).containsExactly("2.keras");
  }

  @Test
  void countsBatchesThatAreSeenAsOne() throws IOException {
    ModelCheckpoint checkpoint = new ModelCheckpoint(folder.resolve("{batch}.keras")).saveFreq(4);
    checkpoint.setModel(new StandInModel());
    checkpoint.onEpochBegin(0, Map.of());
    for (int last = 2; last < 12; last += 3) {
      checkpoint.onTrainBatchEnd(last, Map.of("loss", 1.0));
    }
    assertThat(files().keySet()).containsExactlyInAnyOrder("6.keras", "12.keras");
  }

  @Test
  void asksForTheNumbersOfABatchOnlyBeforeItSaves() {
    ModelCheckpoint each = new ModelCheckpoint(folder.resolve("model.keras"));
    CallbackList epochs = new CallbackList(each);
    assertThat(epochs.wantsBatchLogs()).isFalse();

    CallbackList batches = new CallbackList(each.saveFreq(3));
    batches.setModel(new StandInModel());
    List<Integer> asked = new ArrayList<>();
    batches.onTrainBegin(Map.of());
    for (int batch = 0; batch < 7; batch++) {
      int now = batch;
      batches.onTrainBatchEnd(
          batch,
          () -> {
            asked.add(now);
            return Map.of("loss", 1.0);
          });
    }
    assertThat(asked).containsExactly(2, 5);
  }

  @Test
  void saysHowTheNameOfAFileHasToEnd() {
    for (String wrong : new String[] {null, "model", "model.weights"}) {
      assertThatThrownBy(() -> new ModelCheckpoint(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "ModelCheckpoint: the file's name does not say what format is meant.\n"
                  + "  expected: a name that ends with .keras, or .weights.h5 with"
                  + " saveWeightsOnly(true)\n"
                  + "  got:      "
                  + wrong
                  + "\n"
                  + "  fix:      new ModelCheckpoint(\"run/{epoch:02d}.keras\")");
    }
  }

  @Test
  void refusesAFolderInPlaceOfTheFile() throws IOException {
    Files.createDirectory(folder.resolve("model.keras"));
    ModelCheckpoint checkpoint = new ModelCheckpoint(folder.resolve("model.keras"));
    checkpoint.setModel(new StandInModel());
    assertThatThrownBy(() -> checkpoint.onEpochEnd(0, Map.of("loss", 1.0)))
        .hasMessage(
            "ModelCheckpoint: there is a folder of that name.\n"
                + "  expected: the name of a file\n"
                + "  got:      "
                + folder.resolve("model.keras")
                + "\n"
                + "  fix:      choose another filepath");
  }

  @Test
  void saysWhichFolderCannotBeMade() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    ModelCheckpoint checkpoint = new ModelCheckpoint(folder.resolve("file/model.keras"));
    checkpoint.setModel(new StandInModel());
    assertThatThrownBy(() -> checkpoint.onEpochEnd(0, Map.of("loss", 1.0)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("ModelCheckpoint: cannot make the folder " + folder.resolve("file"));
  }
}
