package keras.internal.code;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import keras.layers.Layer;
import keras.models.Model;
import keras.models.Models;
import keras.models.Predictions;
import keras.optimizers.SGD;
import keras.testing.Golden;
import keras.utils.CustomObjects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.FloatNdArray;

/** The models of docs/your-own-models.md compute, train and are saved as those in Python. */
class OwnModelsTest {

  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Golden CASES = Golden.load("own_models/own_models");

  private static Map<?, ?> made;

  @TempDir private Path folder;

  /** Compiles the Java code of the page, with a method that makes each model. */
  @BeforeAll
  static void compile(@TempDir Path sources) throws Exception {
    StringBuilder imports = new StringBuilder("import java.util.function.Supplier;\n");
    StringBuilder classes = new StringBuilder();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("docs", "your-own-models.md")));
    while (block.find()) {
      boolean isClass = block.group(1).startsWith("final class");
      (isClass ? classes : imports).append(isClass ? "static " : "").append(block.group(1));
    }
    String source =
        imports
            + "public final class Page {\n"
            + "private Page() {}\n"
            + "public static Map<String, Supplier<Layer<?>>> makers() {\n"
            + "return Map.of(\"Tagger\", Tagger::new, \"Rater\", Rater::new,"
            + "\"Autoencoder\", Autoencoder::new, \"Careful\", Careful::new,"
            + "\"Sampling\", Sampling::new);\n}\n"
            + classes
            + "}\n";
    made = (Map<?, ?>) CompiledSource.of(sources, "Page", source).call("makers");
  }

  private static Layer<?> make(String name) {
    return (Layer<?>) ((Supplier<?>) made.get(name)).get();
  }

  private static CustomObjects custom() {
    CustomObjects custom = new CustomObjects();
    made.keySet().forEach(name -> custom.add((String) name, config -> make((String) name)));
    return custom;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tagger", "Rater", "Autoencoder", "Careful"})
  void computesTrainsAndIsSavedAsInPython(String name) {
    Golden golden = CASES.at(name);
    List<FloatNdArray> x = golden.arrays("x");
    Path kept = Path.of("testdata", "own_models", name.toLowerCase(Locale.ROOT) + ".weights.h5");
    try (Model model = (Model) make(name)) {
      model.compile(
          c -> {
            c.optimizer(new SGD().learningRate(0.1));
            if (name.equals("Rater")) {
              c.loss(List.of("mse", "mae"));
            } else {
              c.loss(name.equals("Tagger") ? "categorical_crossentropy" : "mse");
            }
          });
      model.predictAll(x, p -> p.verbose(0));
      model.loadWeights(kept);
      assertSame(model.getWeights(), golden.arrays("weights"), name);
      assertSame(model.predictOnBatchAll(x), golden.arrays("before"), name);
      for (Golden expected : golden.all("logs")) {
        Map<String, Double> logs = model.trainOnBatch(x, golden.arrays("y"));
        assertThat(logs.keySet()).containsExactlyElementsOf(expected.keys());
        logs.forEach(
            (key, value) ->
                assertThat(value).as(key).isCloseTo(expected.number(key), within(1e-5)));
      }
      assertSame(model.predictOnBatchAll(x), golden.arrays("after"), name);
      assertSame(model.getWeights(), golden.arrays("trained"), name);
      Path saved = folder.resolve("model.keras");
      model.save(saved);
      Predictions after = model.predictOnBatchAll(x);
      try (Model again = Models.loadModel(saved, o -> o.customObjects(custom()))) {
        assertThat(again.getClass()).isEqualTo(model.getClass());
        if (!name.equals("Autoencoder")) {
          assertThat(again.predictOnBatchAll(x)).isEqualTo(after);
        }
        again.trainOnBatch(x, golden.arrays("y"));
      }
    }
  }

  private static void assertSame(
      List<FloatNdArray> actual, List<FloatNdArray> expected, String name) {
    assertThat(actual).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThatArray(actual.get(i)).as("%s, array %s", name, i).isCloseTo(expected.get(i));
    }
  }
}
