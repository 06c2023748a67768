package keras.models;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.Embedding;
import keras.layers.Flatten;
import keras.layers.GRU;
import keras.layers.Hashing;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.StringLookup;
import keras.layers.TextVectorization;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import keras.utils.TextBatch;
import keras.utils.TextDataset;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Models that are given strings and identifiers. With {@code -Dpreprocessing.folder} they are those
 * that {@code testdata/preprocessing.py save} has written, and are saved for it to load.
 */
class StringModelsTest {

  private static final Path KEPT = Path.of("testdata/preprocessing");
  private static final Path FOLDER =
      Path.of(System.getProperty("preprocessing.folder", KEPT.toString()));

  private static Object data(JsonNode given) {
    if (given.isTextual()) {
      return given.asText();
    }
    if (given.isNumber()) {
      return given.isIntegralNumber() ? (Object) given.asLong() : (Object) given.asDouble();
    }
    if (given.isObject()) {
      Map<String, Object> named = new LinkedHashMap<>();
      given.properties().forEach(each -> named.put(each.getKey(), data(each.getValue())));
      return named;
    }
    List<Object> rows = new ArrayList<>();
    given.forEach(row -> rows.add(data(row)));
    return array(rows);
  }

  /** Rows as a user has them: {@code String[][]}, {@code long[][]}, {@code float[][]}. */
  private static Object array(List<Object> rows) {
    Object first = rows.get(0);
    if (first instanceof String) {
      return rows.toArray(String[]::new);
    }
    if (first instanceof Long) {
      return rows.stream().mapToLong(each -> (Long) each).toArray();
    }
    if (first instanceof Double) {
      return rows.stream().mapToDouble(each -> (Double) each).toArray();
    }
    if (first instanceof String[]) {
      return rows.toArray(String[][]::new);
    }
    return first instanceof long[] ? rows.toArray(long[][]::new) : rows.toArray(double[][]::new);
  }

  private static void check(Model model, Golden saved) {
    Object x = data(saved.json().get("data"));
    assertThatArray(model.predict(x)).isCloseTo(saved.array("predict"));
    var history =
        model.fit(x, saved.array("y"), f -> f.epochs(3).batchSize(2).shuffle(false).verbose(0));
    float[] losses = new float[3];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = history.get("loss").get(i).floatValue();
    }
    assertThatArray(losses).isCloseTo(saved.floats("losses"));
    assertThatArray(model.predict(x)).isCloseTo(saved.array("after"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "features"})
  void readsTrainsAndSavesWhatKerasHasSaved(String name, @TempDir Path folder) throws IOException {
    Golden saved = Golden.load(FOLDER, "models").at(name);
    boolean live = !FOLDER.equals(KEPT);
    Path again = (live ? FOLDER.resolve("java") : folder).resolve(name + ".keras");
    Files.createDirectories(again.getParent());
    try (Model model = Models.loadModel(FOLDER.resolve(name + ".keras"))) {
      model.save(again);
      check(model, saved);
    }
    try (Model model = Models.loadModel(again)) {
      check(model, saved);
    }
  }

  private static final String[] TEXTS = {"good film", "bad film", "good", "bad, bad!"};
  private static final float[] LABELS = {1, 0, 1, 0};

  private static Sequential sentiment(TextVectorization vectorization) {
    Utils.setRandomSeed(4);
    Sequential model = new Sequential();
    model.add(new Input(shape(1)).dtype("string"));
    model.add(vectorization);
    model.add(new Embedding(10, 4).maskZero(true));
    model.add(new GRU(4));
    model.add(new Dense(1).activation("sigmoid"));
    model.compile(c -> c.loss("binary_crossentropy").optimizer("adam").metrics("acc"));
    return model;
  }

  @Test
  void takesAFolderOfTextsAsItIs() {
    TextDataset raw =
        Utils.textDatasetFromDirectory(
            Path.of("testdata", "pipelines", "texts"), o -> o.verbose(false).shuffle(false));
    TextVectorization vectorization = new TextVectorization().maxTokens(10).outputSequenceLength(3);
    vectorization.adapt(raw.texts());
    try (Sequential model = sentiment(vectorization);
        Sequential rest = sentiment(vectorization)) {
      History history = model.fit(raw, f -> f.epochs(2).validationData(raw).verbose(0));
      rest.fit(
          StreamSupport.stream(raw.spliterator(), false)
              .map(batch -> batch.texts().toArray(String[]::new))
              .reduce((a, b) -> Stream.of(a, b).flatMap(Stream::of).toArray(String[]::new))
              .orElseThrow(),
          labels(raw),
          f -> f.epochs(2).verbose(0).shuffle(false));

      assertThatArray(model.getWeights().get(0)).isCloseTo(rest.getWeights().get(0));
      assertThat(model.evaluate(raw, e -> e.verbose(0)).get("loss"))
          .isCloseTo(rest.evaluate(raw, e -> e.verbose(0)).get("loss"), within(1e-5));
      assertThat(history.get("val_loss").get(1))
          .isCloseTo(model.evaluate(raw, e -> e.verbose(0)).get("loss"), within(1e-5));
      assertThat(model.predict(raw, p -> p.verbose(0)).shape().get(0))
          .isEqualTo(labels(raw).shape().get(0));
    }
  }

  @Test
  void saysWhatAModelOfNumbersLacksForTexts() {
    TextDataset raw =
        Utils.textDatasetFromDirectory(
            Path.of("testdata", "pipelines", "texts"), o -> o.verbose(false));
    try (Sequential model = new Sequential(new Input(shape(3)), new Dense(1))) {
      model.compile(c -> c.loss("mse"));
      assertThatThrownBy(() -> model.fit(raw))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("fit: x", "TextDataset", "dtype(\"string\")");
    }
  }

  private static FloatNdArray labels(TextDataset raw) {
    return FloatArrays.concatenate(
        StreamSupport.stream(raw.spliterator(), false).map(TextBatch::labels).toList());
  }

  @Test
  void learnsFromTexts() {
    TextVectorization vectorization = new TextVectorization().maxTokens(10).outputSequenceLength(3);
    vectorization.adapt(TEXTS);
    try (Sequential model = sentiment(vectorization)) {
      model.fit(TEXTS, LABELS, f -> f.epochs(120).verbose(0));
      assertThat(model.evaluate(TEXTS, LABELS, e -> e.verbose(0)).get("acc")).isEqualTo(1);
      FloatNdArray unseen = model.predict(List.of("a good one", "bad"), p -> p.verbose(0));
      assertThat(unseen.getFloat(0, 0)).isGreaterThan(0.5f);
      assertThat(unseen.getFloat(1, 0)).isLessThan(0.5f);
      // What the layer gives goes into the rest of the model, as a generator hands it on.
      Model rest = new Model(vectorization.output(), model.output());
      assertThatArray(rest.predict(vectorization.apply(TEXTS)))
          .isCloseTo(model.predict(TEXTS, p -> p.verbose(0)));
      assertThat(model.layerOutputs(TEXTS)).containsKey(model.layers().get(1).name());
    }
  }

  @Test
  void writesTheJavaOfAVocabulary() {
    StringLookup lookup = new StringLookup().maskToken("").vocabulary("a", "b");
    KerasTensor in = new Input(shape(2)).dtype("string").tensor();
    Model model = new Model(in, new Embedding(4, 2).call(lookup.call(in)));
    assertThat(keras.internal.code.JavaSource.of(model))
        .contains("new Input(shape(2)).dtype(\"string\")")
        .contains("new StringLookup().maskToken(\"\").vocabulary(\"a\", \"b\")");
  }

  @Test
  void saysWhereStringsCannotGo() {
    KerasTensor in = new Input(shape(2)).dtype("string").tensor();
    Model dense = new Model(in, new Dense(2).call(in));
    assertThatThrownBy(() -> dense.predict(new String[][] {{"a", "b"}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("strings do not enter the graph", "TextVectorization");

    KerasTensor number = new Input(shape(2)).tensor();
    Model late = new Model(number, new Hashing(3).call(new Dense(2).call(number)));
    assertThatThrownBy(() -> late.predict(new float[1][2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("reads data in Java", "an Input");

    Model inner = new Model(in, new Hashing(3).call(in));
    KerasTensor outer = new Input(shape(2)).dtype("string").tensor();
    Model nested = new Model(outer, inner.call(outer));
    assertThatThrownBy(() -> nested.predict(new String[][] {{"a", "b"}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strings do not enter the graph");
  }

  @Test
  void refusesWholeNumbersThatALayerRounds() {
    KerasTensor in = new Input(shape(1)).dtype("int64").tensor();
    try (Model model = new Model(in, new Flatten().call(in))) {
      assertThat(model.predict(new long[] {3, 4}).shape().asArray()).containsExactly(2, 1);
      assertThatThrownBy(() -> model.predict(new long[] {3, 16_777_217}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("would round", "16777217", "IntegerLookup");
    }
  }

  @Test
  void keepsVocabulariesOutOfWhatHasNoPlaceForThem(@TempDir Path folder) {
    TextVectorization vectorization = new TextVectorization().maxTokens(10);
    vectorization.adapt(TEXTS);
    try (Sequential model = sentiment(vectorization)) {
      assertThatThrownBy(() -> model.save(folder.resolve("model.h5")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no place for a vocabulary");
      assertThatThrownBy(() -> model.export(folder.resolve("served")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("works in Java, not in TensorFlow");
    }
  }
}
