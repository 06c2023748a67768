package keras.internal.code;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import keras.activations.Activation;
import keras.internal.naming.AutoNames;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.TimeDistributed;
import keras.losses.LossFunction;
import keras.models.Model;
import keras.models.Models;
import keras.models.Sequential;
import keras.optimizers.Adam;
import keras.random.PythonRandom;
import keras.testing.Golden;
import keras.utils.CustomObjects;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.FloatNdArray;

/** Compiles and runs the code of every model in {@code testdata/model_json}. */
class JavaSourceTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private static Path folder;

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
  void makesTheSameModel(String file, String name) throws Exception {
    String json = Golden.load("model_json/" + file).at(name).json().toString();
    try (Model read = Models.modelFromJson(json)) {
      String source = JavaSource.of(read, "Generated");
      assertThat(source.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
      AutoNames.reset();
      try (Model made = (Model) CompiledSource.of(folder, "Generated", source).call("create")) {
        assertThat(plain(MAPPER.readTree(made.toJson())).toPrettyString())
            .as(source)
            .isEqualTo(plain(MAPPER.readTree(read.toJson())).toPrettyString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attention",
        "both_ways",
        "by_name",
        "deep_shared",
        "gru_states",
        "inner_outputs",
        "masked_merges",
        "nested",
        "nested_by_name",
        "operators",
        "seq2seq",
        "sequential_inside",
        "two_outputs_by_name"
      })
  void makesAGraphThatComputesTheSame(String name) throws Exception {
    Golden golden = Golden.load("functional/" + name);
    List<FloatNdArray> x = golden.arrays("shown");
    try (Model read = Models.modelFromJson(golden.text("json"))) {
      String source = JavaSource.of(read, "Generated");
      assertThat(source.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
      try (Model made = (Model) CompiledSource.of(folder, "Generated", source).call("create")) {
        assertThat(made.getLayer(0).name()).as(source).isEqualTo(read.getLayer(0).name());
        made.setWeights(read.getWeights());
        assertThat(made.predictOnBatchAll(x)).as(source).isEqualTo(read.predictOnBatchAll(x));
      }
    }
  }

  @Test
  void leavesOutWhatIsAsByDefault() {
    AutoNames.reset();
    try (Sequential model = new Sequential()) {
      model.add(new Input(shape(5, 100)));
      model.add(new LSTM(20).returnSequences(true).activation("tanh").name("lstm"));
      model.add(new TimeDistributed(new Dense(100).activation("softmax")));
      model.compile(c -> c.loss("mse").optimizer(new Adam().learningRate(0.01)).metrics("acc"));
      assertThat(JavaSource.of(model))
          .isEqualTo(
              """
              import static keras.layers.Input.shape;

              import keras.layers.Dense;
              import keras.layers.Input;
              import keras.layers.LSTM;
              import keras.layers.TimeDistributed;
              import keras.models.Sequential;
              import keras.optimizers.Adam;

              /** The model "sequential". */
              public final class SequentialModel {

                private SequentialModel() {}

                /**
                 * Makes the model.
                 *
                 * @return a new one, with weights as they start
                 */
                public static Sequential create() {
                  Sequential model = new Sequential();
                  model.add(new Input(shape(5, 100)));
                  model.add(new LSTM(20).returnSequences(true));
                  model.add(new TimeDistributed(new Dense(100).activation("softmax")));
                  model.compile(c -> c.loss("mse").optimizer(new Adam(0.01)).metrics("acc"));
                  return model;
                }
              }
              """);
    }
  }

  @Test
  void keepsWhatIsFrozenAndWhatIsNot() throws Exception {
    try (Sequential model = new Sequential().trainable(false).name("a \"b\"")) {
      model.add(new Input(shape(2)));
      model.add(new Dense(2));
      model.add(new Dense(3).trainable(false));
      AutoNames.reset();
      String source = JavaSource.of(model, "Frozen");
      assertThat(source).contains("new Sequential().trainable(false).name(\"a \\\"b\\\"\");");
      try (Model made = (Model) CompiledSource.of(folder, "Frozen", source).call("create")) {
        assertThat(made.trainable()).isFalse();
        assertThat(made.getLayer(0).trainable()).isTrue();
        assertThat(made.getLayer(1).trainable()).isFalse();
      }
    }
  }

  @Test
  void neitherDrawsNorCounts() {
    try (Sequential model = new Sequential(new Input(shape(3, 2)), new LSTM(2).name("own"))) {
      AutoNames.reset();
      Utils.setRandomSeed(3);
      JavaSource.of(model);
      assertThat(new Dense(1).name()).isEqualTo("dense");
      long drawn = PythonRandom.shared().randint(1, 1_000_000_000);
      Utils.setRandomSeed(3);
      assertThat(drawn).isEqualTo(PythonRandom.shared().randint(1, 1_000_000_000));
    }
  }

  @Test
  void refusesFunctionsOfTheUsersOwn() {
    try (Sequential model = new Sequential(new Dense(1))) {
      model.compile(c -> c.loss((LossFunction) (tf, yTrue, yPred) -> tf.math.sub(yTrue, yPred)));
      assertThatThrownBy(() -> JavaSource.of(model))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "JavaSource: a function of your own cannot be written as Java code.");
    }
    Activation twice = (tf, x) -> tf.math.add(x, x);
    try (Sequential model = new Sequential(new Dense(1).activation(twice))) {
      assertThatThrownBy(() -> JavaSource.of(model))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a function of your own cannot be written");
    }
  }

  @Test
  void refusesLayersOfTheUsersOwn() {
    String json =
        "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"m\", \"layers\": [{\"module\":"
            + " \"my\", \"class_name\": \"Mine\", \"config\": {\"name\": \"x\"},"
            + " \"registered_name\": \"my>Mine\"}]}}";
    try (Model model =
        Models.modelFromJson(json, new CustomObjects().add("my>Mine", config -> new Mine()))) {
      assertThatThrownBy(() -> JavaSource.of(model))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("got:      layer my.Mine");
    }
  }

  private static final class Mine extends keras.layers.Layer<Mine> {}

  /** As the code has it: what Keras takes in several forms in one of them. */
  private static JsonNode plain(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode list = MAPPER.createArrayNode();
      array.forEach(each -> list.add(plain(each)));
      return list;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    if (object.path("class_name").asText().equals("function")) {
      return object.get("config");
    }
    ObjectNode map = MAPPER.createObjectNode();
    object
        .properties()
        .forEach(
            each -> {
              boolean activation = each.getKey().endsWith("activation");
              map.set(
                  each.getKey(), activation ? activation(each.getValue()) : plain(each.getValue()));
            });
    if (map.has("run_eagerly")) {
      map.set("loss", only(map.get("loss")));
      map.set("loss_weights", NullNode.instance);
      JsonNode metrics = only(map.get("metrics"));
      map.set(
          "metrics",
          metrics.isNull() || metrics.isArray() ? metrics : MAPPER.createArrayNode().add(metrics));
      map.set("run_eagerly", BooleanNode.FALSE);
    }
    return map;
  }

  private static JsonNode only(JsonNode node) {
    boolean named = node.isObject() && !node.has("class_name");
    return node.size() == 1 && (node.isArray() || named) ? node.iterator().next() : node;
  }

  /** The name of a layer that is an activation is not kept. */
  private static JsonNode activation(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode config = ((ObjectNode) object.get("config")).deepCopy();
    config.remove("name");
    boolean plain = config.path("threshold").asDouble() == 0 && config.path("max_value").isNull();
    return plain && config.path("negative_slope").asDouble() == 0
        ? new TextNode("relu")
        : MAPPER.createObjectNode().set(object.get("class_name").asText(), config);
  }
}
