package keras.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keras.internal.naming.AutoNames;
import keras.testing.Configs;
import keras.testing.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads what Keras wrote of models, and writes the same; see {@code testdata/model_json.py}. */
class ModelJsonTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  private static List<Arguments> cases() {
    List<Arguments> all = new ArrayList<>();
    for (String file : List.of("models", "optimizers", "losses", "metrics")) {
      for (String name : Golden.load("model_json/" + file).keys()) {
        all.add(Arguments.of(file, name));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesWhatItRead(String file, String name) {
    Golden golden = Golden.load("model_json/" + file);
    AutoNames.reset();
    try (Model model = Models.modelFromJson(golden.at(name).json().toString())) {
      Golden changed = Golden.load("model_json/changed");
      Configs.assertSame(map(model.toJson()), changed.has(name) ? changed : golden, name);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsWhatItWrote(String file, String name) {
    Golden golden = Golden.load("model_json/" + file);
    try (Model first = Models.modelFromJson(golden.at(name).json().toString());
        Model second = Models.modelFromJson(first.toJson())) {
      assertThat(second.toJson()).isEqualTo(first.toJson());
    }
  }

  private static List<String> texts() {
    return Golden.load("model_json/texts").keys();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void writesTheVeryLettersOfKeras(String name) {
    String text = Golden.load("model_json/texts").text(name);
    try (Model model = Models.modelFromJson(text)) {
      assertThat(model.toJson()).isEqualTo(text);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(String json) {
    try {
      return MAPPER.readValue(json, Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
