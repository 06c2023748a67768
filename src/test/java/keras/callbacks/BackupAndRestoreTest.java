package keras.callbacks;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.layers.Bidirectional;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.models.Model;
import keras.models.Sequential;
import keras.testing.Golden;
import keras.utils.Batch;
import keras.utils.Sequence;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the files that Keras leaves; see {@code testdata/checkpoints.py}. */
class BackupAndRestoreTest {

  private static final float[][] X = new float[16][2];
  private static final float[][] Y = new float[16][1];

  static {
    for (int i = 0; i < X.length; i++) {
      X[i] = new float[] {i / 16f, 1 - i / 16f};
      Y[i] = new float[] {1};
    }
  }

  @TempDir private Path parent;

  private static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Fails as an epoch begins, or after one of its batches. */
  private static final class Interrupt extends Callback {
    private final int epoch;
    private final Integer batch;
    private int now;

    Interrupt(int epoch, Integer batch) {
      this.epoch = epoch;
      this.batch = batch;
    }

    Interrupt(JsonNode where) {
      this(where.get(0).intValue(), where.size() < 2 ? null : (Integer) where.get(1).intValue());
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
      now = epoch;
      if (batch == null && epoch == this.epoch) {
        throw new Interruption();
      }
    }

    @Override
    public void onTrainBatchEnd(int number, Map<String, Double> logs) {
      if (now == epoch && batch != null && batch == number) {
        throw new Interruption();
      }
    }
  }

  private static Stream<Golden> cases() {
    return Golden.load("checkpoints/backup_and_restore").all("cases").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void goesOnAndLeavesFilesAsKerasDoes(Golden golden) throws IOException {
    Path folder = parent.resolve("a/backup");
    for (String run : List.of("first", "second")) {
      BackupAndRestore backup = configured(folder, golden.at("arguments").json());
      Callback interrupt = new Interrupt(golden.at("interrupt").json());
      List<Integer> epochs = run.equals("first") ? fit(backup, interrupt) : fit(backup);
      JsonNode expected = golden.at(run).json();

      assertThat(names(folder)).isEqualTo(list(expected.get("files"), JsonNode::textValue));
      assertThat(epochs).isEqualTo(list(expected.get("epochs"), JsonNode::intValue));
      Path metadata = folder.resolve("training_metadata.json");
      assertThat(Files.exists(metadata) ? Files.readString(metadata) : null)
          .isEqualTo(expected.get("metadata").textValue());
    }
  }

  private static BackupAndRestore configured(Path folder, JsonNode arguments) {
    BackupAndRestore made = new BackupAndRestore(folder);
    for (Map.Entry<String, JsonNode> entry : arguments.properties()) {
      switch (entry.getKey()) {
        case "save_freq" -> made.saveFreq(entry.getValue().intValue());
        case "double_checkpoint" -> made.doubleCheckpoint(entry.getValue().booleanValue());
        case "delete_checkpoint" -> made.deleteCheckpoint(entry.getValue().booleanValue());
        default -> throw new AssertionError(entry.getKey());
      }
    }
    return made;
  }

  /** The epochs that there were; null if the callbacks failed. */
  private static List<Integer> fit(Callback... callbacks) {
    try (Sequential model = model()) {
      return model.fit(X, Y, f -> f.epochs(5).batchSize(4).verbose(0).callbacks(callbacks)).epoch();
    } catch (Interruption e) {
      return null;
    }
  }

  private static Sequential model() {
    Sequential model = new Sequential(new Input(shape(2)), new Dense(1));
    model.compile(c -> c.loss("mse").optimizer("adam"));
    return model;
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return null;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private static <T> List<T> list(JsonNode node, java.util.function.Function<JsonNode, T> each) {
    if (node.isNull()) {
      return null;
    }
    List<T> all = new ArrayList<>();
    node.forEach(element -> all.add(each.apply(element)));
    return all;
  }

  private void keepBackup(boolean twice) {
    fit(new BackupAndRestore(parent).deleteCheckpoint(false).doubleCheckpoint(twice));
  }

  /** A graph with a shared layer, dropout, both directions and two outputs. */
  private static Model graph() {
    Utils.setRandomSeed(9);
    KerasTensor x = new Input(shape(4, 2)).tensor();
    Dense shared = new Dense(2).activation("tanh");
    KerasTensor twice = new Dropout(0.3).call(shared.call(shared.call(x)));
    KerasTensor read = new Bidirectional(new LSTM(3).dropout(0.2)).call(twice);
    KerasTensor value = new Dense(1).name("value").call(read);
    KerasTensor kind = new Dense(2).activation("softmax").name("kind").call(read);
    Model model = new Model(x, Map.of("value", value, "kind", kind));
    model.compile(
        c ->
            c.optimizer("adam")
                .loss(Map.of("value", "mse", "kind", "categorical_crossentropy"))
                .metrics(Map.of("kind", "acc")));
    return model;
  }

  private static History fitted(Model model, Callback... callbacks) {
    float[][][] x = new float[16][4][2];
    float[][] kind = new float[16][2];
    for (int i = 0; i < 16; i++) {
      for (int t = 0; t < 4; t++) {
        x[i][t] = new float[] {i / 16f - t / 8f, (i * t % 5) / 5f};
      }
      kind[i][i % 2] = 1;
    }
    return model.fit(
        x,
        Map.of("value", Y, "kind", kind),
        f -> f.epochs(4).batchSize(4).verbose(0).callbacks(callbacks));
  }

  @Test
  void aGraphGoesOnToTheSameWeightsAndLogs() {
    Path folder = parent.resolve("graph");
    try (Model whole = graph();
        Model first = graph();
        Model second = graph()) {
      History expected = fitted(whole);
      assertThatThrownBy(
              () ->
                  fitted(
                      first,
                      new BackupAndRestore(folder).saveFreq(2).deleteCheckpoint(false),
                      new Interrupt(2, 2)))
          .isInstanceOf(Interruption.class);
      History rest = fitted(second, new BackupAndRestore(folder).saveFreq(2));
      assertThat(rest.epoch()).containsExactly(2, 3);
      expected
          .history()
          .forEach(
              (key, values) -> assertThat(rest.get(key)).as(key).isEqualTo(values.subList(2, 4)));
      assertThat(second.getWeights()).isEqualTo(whole.getWeights());
    }
  }

  @Test
  void goesOnFromWhatKerasHasBackedUp() throws IOException {
    Files.writeString(parent.resolve("training_metadata.json"), "{\"epoch\": 3, \"batch\": 0}");
    try (Sequential model = model()) {
      model.fit(X, Y, f -> f.batchSize(4).verbose(0));
      model.saveWeights(parent.resolve("latest.weights.h5"));
    }
    assertThat(fit(new BackupAndRestore(parent))).containsExactly(3, 4);
  }

  /** Four batches, and what was asked of it. */
  private static final class Asked implements Sequence {
    private final List<String> asked = new ArrayList<>();

    @Override
    public int length() {
      return 4;
    }

    @Override
    public Batch getItem(int index) {
      asked.add("item");
      return Batch.of(new float[4][2], new float[4][1]);
    }

    @Override
    public void onEpochBegin() {
      asked.add("begin");
    }

    @Override
    public void onEpochEnd() {
      asked.add("end");
    }
  }

  @Test
  void tellsASequenceOfTheEpochsThatItGoesPastAndAsksForNoneOfTheirItems() {
    fit(new BackupAndRestore(parent).saveFreq(10), new Interrupt(2, 2));
    Asked asked = new Asked();
    try (Sequential model = model()) {
      History history =
          model.fit(
              asked,
              f -> f.epochs(3).verbose(0).callbacks(new BackupAndRestore(parent).saveFreq(10)));
      assertThat(history.epoch()).containsExactly(2);
    }
    assertThat(asked.asked)
        .containsExactly(
            "begin", "end", "begin", "end", "begin", "item", "item", "item", "item", "end");
  }

  @Test
  void takesTheBackupBeforeWhereTheLastIsDamaged() throws IOException {
    keepBackup(true);
    Files.writeString(parent.resolve("latest.weights.h5"), "no HDF5");

    List<String> warnings =
        Warnings.during(() -> assertThat(fit(new BackupAndRestore(parent))).containsExactly(4));

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains("BackupAndRestore", "latest.weights.h5");
  }

  @Test
  void failsWhereTheOnlyBackupIsDamaged() throws IOException {
    keepBackup(false);
    Files.writeString(parent.resolve("latest.weights.h5"), "no HDF5");

    assertThatThrownBy(() -> fit(new BackupAndRestore(parent)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("latest.weights.h5");
  }

  @Test
  void refusesTheBackupOfAnotherModel() {
    keepBackup(false);
    try (Sequential other = new Sequential(new Input(shape(2)), new Dense(3), new Dense(1))) {
      other.compile(c -> c.loss("mse").optimizer("adam"));

      assertThatThrownBy(
              () -> other.fit(X, Y, f -> f.verbose(0).callbacks(new BackupAndRestore(parent))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("latest.weights.h5");
    }
  }

  @Test
  void sparesFilesOfOthersInItsFolder() throws IOException {
    Files.writeString(parent.resolve("mine.txt"), "dear");
    fit(new BackupAndRestore(parent));

    assertThat(names(parent)).containsExactly("mine.txt");
  }

  @Test
  void goesOnOnceOnly() {
    try (Sequential model = model()) {
      BackupAndRestore backup = new BackupAndRestore(parent.resolve("backup"));
      assertThat(model.fit(X, Y, f -> f.epochs(2).verbose(0).callbacks(backup)).epoch())
          .containsExactly(0, 1);
      assertThat(model.fit(X, Y, f -> f.epochs(2).verbose(0)).epoch()).containsExactly(0, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch", "Epoch", ""})
  void refusesOtherFrequencies(String value) {
    assertThatThrownBy(() -> new BackupAndRestore(parent).saveFreq(value))
        .hasMessage(
            "BackupAndRestore.saveFreq: this says nothing about when to save.\n"
                + "  expected: \"epoch\", or a number of batches from 1 on\n"
                + "  got:      \""
                + value
                + "\"\n"
                + "  fix:      saveFreq(\"epoch\") for after each epoch");
  }

  @Test
  void refusesNoFolderAndNoBatches() {
    assertThatThrownBy(() -> new BackupAndRestore(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no folder to keep backups in");
    assertThatThrownBy(() -> new BackupAndRestore((String) null))
        .hasMessageContaining("got:      null");
    assertThatThrownBy(() -> new BackupAndRestore(parent).saveFreq(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 1 on");
  }
}
