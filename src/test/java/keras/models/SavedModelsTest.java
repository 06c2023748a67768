package keras.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.optimizers.Adafactor;
import keras.random.GlobalSeed;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import keras.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Models that Keras has saved predict and train here as they do there. With {@code
 * -Dsaving.folder}, it is those that {@code testdata/saving.py save} has written there a moment
 * ago; what Java makes of them is saved for {@code saving.py load} to look at.
 */
class SavedModelsTest {

  private static final Path KEPT = Path.of("testdata/saving");

  private static final Path FOLDER = Path.of(System.getProperty("saving.folder", KEPT.toString()));

  private static final boolean LIVE = !FOLDER.equals(KEPT);

  private static final List<Map<String, Object>> DONE = new ArrayList<>();

  static Stream<Arguments> cases() {
    return Golden.load(FOLDER, "cases").all().stream()
        .map(saved -> Arguments.of(saved.text("kind") + " " + saved.text("name"), saved));
  }

  @BeforeAll
  static void makeFolder() throws IOException {
    if (LIVE) {
      Files.createDirectories(FOLDER.resolve("java"));
    }
  }

  @AfterAll
  static void write() throws IOException {
    if (LIVE) {
      new JsonMapper().writeValue(FOLDER.resolve("java/cases.json").toFile(), DONE);
    }
  }

  @AfterEach
  void forgetSeed() {
    GlobalSeed.unset();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void predictsAndTrainsAsInKeras(String name, Golden saved) {
    String file = saved.text("file");
    try (Model model = loaded(FOLDER.resolve(file + ".keras"), saved)) {
      if (!LIVE) {
        SavedBehaviour.check(name, model, saved);
        return;
      }
      checkWeightsFiles(model, FOLDER.resolve(file), saved);
      Map<String, Double> differences = SavedBehaviour.differences(model, saved);
      DONE.add(savedAgain(model, saved, differences));
      assertThat(differences)
          .as(name)
          .allSatisfy((key, value) -> assertThat(value).isLessThan(SavedBehaviour.TOLERANCE));
    }
  }

  @Test
  void readsTheWeightsInEachFormat() {
    Golden saved =
        Golden.load(KEPT, "cases").all().stream()
            .filter(each -> Files.exists(KEPT.resolve(each.text("file") + ".h5")))
            .findFirst()
            .get();
    try (Model model = loaded(KEPT.resolve(saved.text("file") + ".keras"), saved)) {
      checkWeightsFiles(model, KEPT.resolve(saved.text("file")), saved);
    }
  }

  private static Model loaded(Path path, Golden saved) {
    Utils.setRandomSeed(saved.integer("seed"));
    return Models.loadModel(path);
  }

  /** The weights are the same in each of the formats that Keras has written. */
  private static void checkWeightsFiles(Model model, Path file, Golden saved) {
    List<FloatNdArray> weights = model.getWeights();
    model.setWeights(weights.stream().map(SavedModelsTest::zeros).toList());
    model.loadWeights(Path.of(file + ".weights.h5"));
    assertSame(model.getWeights(), weights);
    Path h5 = Path.of(file + ".h5");
    if (model.optimizer() instanceof Adafactor && Files.notExists(h5)) {
      return; // Keras cannot write it.
    }
    try (Model legacy = loaded(h5, saved)) {
      assertSame(legacy.getWeights(), weights);
      assertThat(legacy.optimizer().iterations()).isEqualTo(model.optimizer().iterations());
    }
  }

  private static FloatNdArray zeros(FloatNdArray like) {
    return FloatArrays.wrap(new float[(int) like.size()], like.shape().asArray());
  }

  private static void assertSame(List<FloatNdArray> ours, List<FloatNdArray> theirs) {
    assertThat(ours).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.size(); i++) {
      assertThat(FloatArrays.values(ours.get(i)))
          .containsExactly(FloatArrays.values(theirs.get(i)));
    }
  }

  /** Saves the model, and notes what it does when it is loaded here. */
  private static Map<String, Object> savedAgain(
      Model model, Golden saved, Map<String, Double> differences) {
    Path path = FOLDER.resolve("java/" + saved.text("file"));
    if (saved.text("kind").equals("model")) {
      saveBuiltHere(model, saved.text("name"), Path.of(path + ".keras"));
    } else {
      model.save(Path.of(path + ".keras"));
    }
    model.saveWeights(Path.of(path + ".weights.h5"));
    model.save(Path.of(path + ".h5"));
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("file", saved.text("file"));
    entry.put("to java", differences);
    try (Model again = loaded(Path.of(path + ".keras"), saved)) {
      SavedBehaviour.of(again, saved)
          .forEach(
              (key, array) ->
                  entry.put(
                      key,
                      Map.of("shape", array.shape().asArray(), "data", FloatArrays.values(array))));
    }
    return entry;
  }

  /** Saves the model as it was written in Java, so that no file of Keras's has to do with it. */
  private static void saveBuiltHere(Model model, String name, Path path) {
    SameSeedModels which =
        SameSeedModels.ALL.stream().filter(each -> each.name().equals(name)).findFirst().get();
    try (Model built = which.build().get()) {
      built.setWeights(model.getWeights());
      built.save(path);
    }
  }
}
