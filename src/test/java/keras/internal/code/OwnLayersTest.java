package keras.internal.code;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import keras.layers.Layer;
import keras.models.Model;
import keras.models.Models;
import keras.optimizers.SGD;
import keras.testing.Golden;
import keras.utils.CustomObjects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.FloatNdArray;

/** The layers of docs/your-own-layers.md compute, train and are saved as those in Python. */
class OwnLayersTest {

  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Golden CASES = Golden.load("own_layers/own_layers");

  private static Map<?, ?> made;

  @TempDir private Path folder;

  /** Compiles the Java code of the page, with a method that says how each layer is made. */
  @BeforeAll
  static void compile(@TempDir Path sources) throws Exception {
    StringBuilder imports = new StringBuilder("import java.util.function.Function;\n");
    StringBuilder classes = new StringBuilder();
    Matcher block = BLOCK.matcher(page());
    while (block.find()) {
      boolean isClass = block.group(1).startsWith("final class");
      (isClass ? classes : imports).append(isClass ? "static " : "").append(block.group(1));
    }
    String source =
        imports
            + "public final class Page {\n"
            + "private Page() {}\n"
            + "public static Map<String, Function<Config, Layer<?>>> makers() {\n"
            + "return Map.of("
            + "\"Own>Linear\", Linear::fromConfig, \"Own>Highway\", Highway::fromConfig,"
            + "\"Own>Encoder\", Encoder::fromConfig, \"Own>Centred\", config -> new Centred(),"
            + "\"Own>Remember\", config -> new Remember(), \"Own>Jitter\", config -> new Jitter(),"
            + "\"Own>Quiet\", config -> new Quiet(), \"Own>Gated\", Gated::fromConfig,"
            + "\"Own>Doubled\", Doubled::fromConfig);\n}\n"
            + classes
            + "}\n";
    made = (Map<?, ?>) CompiledSource.of(sources, "Page", source).call("makers");
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("docs", "your-own-layers.md"));
  }

  @SuppressWarnings("unchecked") // As Page says.
  private static CustomObjects custom() {
    CustomObjects custom = new CustomObjects();
    made.forEach(
        (name, maker) ->
            custom.add(
                (String) name, (java.util.function.Function<keras.utils.Config, Layer<?>>) maker));
    return custom;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Linear",
        "Highway",
        "Encoder",
        "Centred",
        "Remember",
        "Jitter",
        "Quiet",
        "Gated",
        "Doubled"
      })
  void computesTrainsAndIsSavedAsInPython(String name) {
    Golden golden = CASES.at(name);
    FloatNdArray x = golden.array("x");
    Path kept = Path.of("testdata", "own_layers", name.toLowerCase(java.util.Locale.ROOT));
    Path saved = folder.resolve("model.keras");
    try (Model model = Models.modelFromJson(golden.text("json"), custom())) {
      model.loadWeights(Path.of(kept + ".weights.h5"));
      assertSame(model.getWeights(), golden.arrays("weights"), name);
      model.compile(c -> c.loss("mse").optimizer(new SGD().learningRate(0.1)));
      assertThatArray(predicted(model, x)).isCloseTo(golden.array("before"));
      for (JsonNode loss : golden.at("losses").json()) {
        double found = model.trainOnBatch(x, golden.array("y")).get("loss");
        assertThatArray((float) found).as(name).isCloseTo(loss.floatValue());
      }
      FloatNdArray after = predicted(model, x);
      assertThatArray(after).isCloseTo(golden.array("after"));
      assertSame(model.getWeights(), golden.arrays("trained"), name);
      model.save(saved);
      model.resetStates();
      FloatNdArray once = predicted(model, x);
      try (Model again = Models.loadModel(saved, o -> o.customObjects(custom()))) {
        assertThat(again.getLayer(-2).getClass()).isEqualTo(model.getLayer(-2).getClass());
        again.resetStates();
        assertThat(predicted(again, x)).isEqualTo(once);
      }
    }
  }

  private static FloatNdArray predicted(Model model, FloatNdArray x) {
    return model.predict(x, p -> p.verbose(0));
  }

  private static void assertSame(
      List<FloatNdArray> actual, List<FloatNdArray> expected, String name) {
    assertThat(actual).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThatArray(actual.get(i)).as("%s, weight %s", name, i).isCloseTo(expected.get(i));
    }
  }
}
