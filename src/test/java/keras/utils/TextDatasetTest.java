package keras.utils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import keras.layers.Dense;
import keras.layers.Embedding;
import keras.layers.GlobalAveragePooling1D;
import keras.layers.TextVectorization;
import keras.models.Sequential;
import keras.random.GlobalSeed;
import keras.testing.Golden;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextDatasetTest {
  private static final Path TEXTS = Path.of("testdata", "pipelines", "texts");
  private static final Golden EXPECTED = Golden.load("pipelines/expected");

  @TempDir private Path folder;

  /** The order of a shuffle depends on it, too. */
  @BeforeEach
  void forgetSeed() {
    GlobalSeed.unset();
  }

  static List<String> cases() {
    return EXPECTED.at("texts").keys();
  }

  private static TextDataset texts(JsonNode given) {
    return Utils.textDatasetFromDirectory(
        TEXTS,
        o -> {
          o.verbose(false);
          given.properties().forEach(each -> set(o, each.getKey(), each.getValue()));
        });
  }

  private static void set(TextDatasetOptions options, String name, JsonNode value) {
    switch (name) {
      case "shuffle" -> options.shuffle(value.asBoolean());
      case "batch_size" -> options.batchSize(value.asInt());
      case "seed" -> options.seed(value.asLong());
      case "validation_split" -> options.validationSplit(value.asDouble());
      case "subset" -> options.subset(value.asText());
      case "label_mode" -> options.labelMode(value.isNull() ? null : value.asText());
      case "max_length" -> options.maxLength(value.asInt());
      case "class_names" -> options.classNames(strings(value).toArray(String[]::new));
      case "labels" ->
          options.labels(strings(value).stream().mapToInt(Integer::parseInt).toArray());
      default -> throw new AssertionError(name);
    }
  }

  private static List<String> strings(JsonNode list) {
    List<String> all = new ArrayList<>();
    list.forEach(each -> all.add(each.asText()));
    return all;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheTextsOfKeras(String name) {
    Golden expected = EXPECTED.at("texts").at(name);
    TextDataset dataset = texts(expected.json().get("options"));

    assertThat(dataset.classNames()).isEqualTo(strings(expected.json().get("class_names")));
    for (Golden epoch : expected.all("epochs")) {
      List<Golden> batches = epoch.all();
      int i = 0;
      for (TextBatch batch : dataset) {
        Golden there = batches.get(i++);
        assertThat(batch.texts()).isEqualTo(strings(there.json().get("texts")));
        assertThat(batch.labels() == null).isEqualTo(!there.has("labels"));
        if (batch.labels() != null) {
          assertThat(batch.labels()).isEqualTo(there.array("labels"));
        }
      }
      assertThat(i).isEqualTo(batches.size()).isEqualTo(dataset.length());
    }
  }

  @Test
  void trainsAModel() {
    Utils.setRandomSeed(3);
    TextDataset raw =
        Utils.textDatasetFromDirectory(
            TEXTS, o -> o.classNames("bad", "good").labelMode("binary").batchSize(4).seed(1));
    TextVectorization vectorization = new TextVectorization().outputSequenceLength(4);
    vectorization.adapt(raw.texts());
    try (Sequential model = new Sequential()) {
      model.add(new Embedding(vectorization.vocabularySize(), 8));
      model.add(new GlobalAveragePooling1D());
      model.add(new Dense(1).activation("sigmoid"));
      model.compile(c -> c.loss("binary_crossentropy").optimizer("adam").metrics("accuracy"));
      Dataset data = raw.map(vectorization::apply);
      assertThat(data.cardinality()).hasValue(4);

      List<Double> losses = model.fit(data, f -> f.epochs(60).verbose(0)).history().get("loss");

      assertThat(losses.get(59)).isLessThan(losses.get(0) - 0.1);
    } finally {
      GlobalSeed.unset();
    }
  }

  @Test
  void saysWhatDoesNotFit() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utils.textDatasetFromDirectory(folder.resolve("none")))
        .withMessageContaining("none: there is no such folder");
    Files.writeString(folder.resolve("a.txt"), "text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utils.textDatasetFromDirectory(folder))
        .withMessageContaining("there are no texts in it")
        .withMessageContaining("labelMode(null)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utils.textDatasetFromDirectory(TEXTS, o -> o.classNames("good", "bat")))
        .withMessageContaining("[bad, good, so-so]")
        .withMessageContaining("[good, bat]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utils.textDatasetFromDirectory(TEXTS, o -> o.labels(1, 2)))
        .withMessageContaining("20 labels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utils.textDatasetFromDirectory(TEXTS, o -> o.labelMode("binary")))
        .withMessageContaining("3: [bad, good, so-so]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utils.textDatasetFromDirectory(TEXTS, o -> o.validationSplit(0.2)))
        .withMessageContaining("validationSplit and subset go together");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Utils.textDatasetFromDirectory(
                    TEXTS, o -> o.validationSplit(0.2).subset("training")))
        .withMessageContaining("training and validation would overlap");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utils.textDatasetFromDirectory(TEXTS, o -> o.labelMode("ints")))
        .withMessageContaining("Did you mean \"int\"?");
  }

  @Test
  void saysThatAFileHasGone() throws IOException {
    Path file = Files.createDirectories(folder.resolve("a")).resolve("a.txt");
    Files.writeString(file, "text");
    TextDataset dataset = Utils.textDatasetFromDirectory(folder);
    Files.delete(file);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dataset.iterator().next())
        .withMessageContaining("a.txt: this cannot be read");
  }
}
