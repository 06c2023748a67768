package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import keras.activations.Activation;
import keras.backend.LayerContext;
import keras.initializers.Initializer;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Layer;
import keras.layers.Layers;
import keras.layers.TimeDistributed;
import keras.random.PythonRandom;
import keras.testing.Golden;
import keras.utils.CustomObjects;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Reading a model: the seeds drawn, the caller's own classes, and refusals. */
class ReadModelsTest {

  private static List<String> seeded() {
    return Golden.load("model_json/seeds").keys();
  }

  @ParameterizedTest
  @MethodSource("seeded")
  void drawsTheSeedsThatKerasDraws(String name) {
    Golden expected = Golden.load("model_json/seeds").at(name);
    String json = Golden.load("model_json/models").at(name).json().toString();
    Utils.setRandomSeed(42);
    try (Model model = Models.modelFromJson(json)) {
      List<float[]> starts = new ArrayList<>();
      for (FloatNdArray weight : model.getWeights()) {
        float[] values = keras.utils.FloatArrays.values(weight);
        starts.add(Arrays.copyOf(values, Math.min(4, values.length)));
      }
      List<Golden> weights = expected.all("weights");
      assertThat(starts).hasSameSizeAs(weights);
      for (int i = 0; i < starts.size(); i++) {
        for (int k = 0; k < starts.get(i).length; k++) {
          assertThat(starts.get(i)[k])
              .isEqualTo((float) weights.get(i).json().get(k).doubleValue());
        }
      }
    }
    assertThat(PythonRandom.shared().randint(1, 1_000_000_000)).isEqualTo(expected.integer("next"));
  }

  // ---- the caller's own

  /** Multiplies by a number. */
  private static final class Times extends Layer<Times> {
    private final double factor;

    Times(double factor) {
      this.factor = factor;
    }

    @Override
    protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
      return context.tf().math.mul(inputs, context.tf().constant((float) factor));
    }

    @Override
    public Map<String, Object> getConfig() {
      Map<String, Object> config = super.getConfig();
      config.put("factor", factor);
      return config;
    }
  }

  /** All sevens. */
  private static final class Sevens extends Initializer {
    @Override
    public float[] call(Shape shape) {
      float[] values = new float[(int) shape.size()];
      Arrays.fill(values, 7);
      return values;
    }
  }

  private static final String OWN =
      """
      {"module": "keras", "class_name": "Sequential", "registered_name": null, "config":
       {"name": "own", "layers": [
        {"module": "keras.layers", "class_name": "InputLayer", "registered_name": null,
         "config": {"batch_shape": [null, 2], "dtype": "float32", "name": "in"}},
        {"module": "my.package", "class_name": "Times", "registered_name": "my>Times",
         "config": {"name": "times", "trainable": true, "dtype": "float32", "factor": 3.0}},
        {"module": "keras.layers", "class_name": "Dense", "registered_name": null,
         "config": {"units": 1, "activation": "double",
          "kernel_initializer": {"module": "my", "class_name": "Sevens", "config": {},
           "registered_name": "my>Sevens"}}}]}}
      """;

  @Test
  void asksTheCallerForWhatIsNotKeras() {
    CustomObjects own =
        new CustomObjects()
            .add("my>Times", config -> new Times(config.number("factor")))
            .add("my>Sevens", config -> new Sevens())
            .addFunction("double", (Activation) (tf, x) -> tf.math.add(x, x));
    try (Model model = Models.modelFromJson(OWN, own)) {
      assertThat(model.getLayer(0).name()).isEqualTo("times");
      assertThat(model.predict(new float[][] {{1, 2}}, p -> p.verbose(0)).getFloat(0, 0))
          .isEqualTo(2 * 7 * 3 * 3f);
      try (Model again = Models.modelFromJson(model.toJson(), own)) {
        assertThat(again.toJson()).isEqualTo(model.toJson());
        assertThat(again.predict(new float[][] {{1, 2}}, p -> p.verbose(0)).getFloat(0, 0))
            .isEqualTo(2 * 7 * 3 * 3f);
      }
    }
  }

  @Test
  void refusesWhatTheCallerDidNotRegister() {
    assertThatThrownBy(() -> Models.modelFromJson(OWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("modelFromJson: there are layers that keras-java does not have.")
        .hasMessageContaining("got:      Sequential \"own\", layers[1] Times \"times\"");
    CustomObjects layer =
        new CustomObjects()
            .add("my>Times", config -> new Times(config.number("factor")))
            .addFunction("double", (Activation) (tf, x) -> x);
    assertThatThrownBy(() -> Models.modelFromJson(OWN, layer))
        .hasMessageContaining(
            "layers[2] Dense, kernel_initializer: initializer \"my>Sevens\": it is none of Keras's"
                + " own.")
        .hasMessageContaining("new CustomObjects().add(\"my>Sevens\", config -> ...)");
  }

  @Test
  void refusesAnArgumentThatTheCallerDoesNotRead() {
    CustomObjects careless = new CustomObjects().add("my>Times", config -> new Times(1));
    assertThatThrownBy(() -> Models.modelFromJson(OWN, careless))
        .hasMessageContaining("layers[1] Times \"times\": there are arguments that are not known.")
        .hasMessageContaining("got:      factor");
  }

  @Test
  void takesTheCallersClassForALayerThatIsLackingButForNoOther() {
    CustomObjects own =
        new CustomObjects()
            .add("RandomFlip", config -> new Times(config.number("scale")))
            .add("Dense", config -> new Times(0));
    String json =
        of(
            "{\"module\": \"keras.layers\", \"class_name\": \"RandomFlip\", \"config\": {\"scale\":"
                + " 2.0}, \"registered_name\": null}",
            "{\"module\": \"keras.layers\", \"class_name\": \"Dense\", \"config\": {\"units\": 1},"
                + " \"registered_name\": null}");
    try (Model model = Models.modelFromJson(json, own)) {
      assertThat(model.getLayer(0)).isInstanceOf(Times.class);
      assertThat(model.getLayer(1)).isInstanceOf(Dense.class);
    }
  }

  @Test
  void doesNotWriteAnotherFunctionUnderANameOfKeras() {
    CustomObjects own = new CustomObjects().addFunction("relu", (Activation) (tf, x) -> x);
    String json = of(layer("Dense", "\"units\": 1, \"activation\": \"relu\""));
    try (Model model = Models.modelFromJson(json, own)) {
      assertThatThrownBy(model::toJson)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a function of your own cannot be written");
    }
  }

  // ---- what is refused

  @Test
  void refusesSizesThatTheHeapHasNoRoomFor() {
    long eightGigabytes = 4L * 4 * 500_000_000;
    assumeThat(Runtime.getRuntime().maxMemory() / 2).isLessThan(eightGigabytes);
    String json;
    String stateful;
    try (Sequential model = new Sequential(new Input(shape(4)), new Dense(7));
        Sequential lasting =
            new Sequential(new Input(batchShape(3, 2, 4)), new LSTM(7).stateful(true))) {
      json = model.toJson().replaceAll("\"units\": ?7", "\"units\": 500000000");
      stateful = lasting.toJson().replaceAll("\\[3, ?2, ?4\\]", "[20000000, 2, 4]");
    }
    assertThatThrownBy(() -> Models.modelFromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("half of the heap is too small for kernel.")
        .hasMessageContaining("(4, 500000000)");
    assertThatThrownBy(() -> Models.modelFromJson(stateful))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its state is too large to be loaded.");
    assertThatThrownBy(() -> Models.modelFromJson(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("modelFromJson");
  }

  @Test
  void namesAllLayersAtOnceThatAreLacking() {
    String json =
        of(
            layer("JaxLayer", "\"name\": \"conv\""),
            layer("Dense", "\"units\": 2"),
            layer(
                "Bidirectional",
                "\"layer\": " + layer("FlaxLayer", "\"filters\": 2") + ", \"name\": \"both\""),
            layer("TimeDistributed", "\"layer\": " + layer("Odd", "\"function\": \"x\"")));
    assertThatThrownBy(() -> Models.modelFromJson(json))
        .hasMessageContaining(
            "got:      Sequential \"m\", layers[0] JaxLayer \"conv\";"
                + " Sequential \"m\", layers[2] Bidirectional \"both\", layer FlaxLayer;"
                + " Sequential \"m\", layers[3] TimeDistributed, layer Odd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Dense   | 'units': 2, 'dtype': 'float16'            | dtype is a type that keras-java",
        "Dense   | 'units': 2, 'dtype': {'class_name': 'DTypePolicy', 'config': {'name':"
            + " 'mixed_float16'}} | got:      mixed_float16",
        "Dense   | 'units': 2, 'dtype': {'class_name': 'QuantizedDTypePolicy', 'config': {}}"
            + " | got:      QuantizedDTypePolicy",
        "Dense   | 'name': 'd'                               | units is missing.",
        "Dense   | 'units': 'two'                            | got:      \"two\"",
        "Dense   | 'units': 0                                | units must be a positive number.",
        "Dense   | 'units': 1e300                            | got:      1.0E300",
        "Dense   | 'units': 2, 'unit': 3                     | got:      unit",
        "Dense   | 'units': 2, 'use_bias': null              | expected: true or false",
        "Dense   | 'units': 2, 'activation': 'rleu'          | Did you mean \"relu\"?",
        "Dense   | 'units': 2, 'activation': 3               | activation is not what it",
        "Dense   | 'units': 2, 'kernel_initializer': null    | kernel_initializer is not what",
        "Dense   | 'units': 2, 'kernel_initializer': {'config': {}} | class_name is missing.",
        "Dense   | 'units': 2, 'kernel_initializer': {'class_name': 'Runtime', 'config': {}}"
            + " | initializer \"Runtime\" is not known.",
        "Dense   | 'units': 2, 'kernel_initializer': {'module': 'os', 'class_name': 'system',"
            + " 'config': {}} | it is none of Keras's own.",
        "Dense   | 'units': 2, 'activation': {'class_name': '__lambda__', 'config': {'value':"
            + " ['a']}} | activation \"__lambda__\" is not known.",
        "Dense   | 'units': 2, 'quantization_config': {'a': 1} | keras-java does not have this",
        "LayerNormalization | 'rms_scaling': true            | rms_scaling is not what it should",
        "Dropout | 'rate': 2                                 | rate must be a fraction.",
        "Reshape | 'target_shape': [2, null]                 | a list of whole numbers",
        "LSTM    | 'units': 2, 'time_major': true            | got:      time_major",
        "GRU     | 'units': 2, 'reset_after': 1              | expected: true or false",
        "GRU     | 'units': 2, 'unit_forget_bias': true      | got:      unit_forget_bias",
        "InputLayer | 'batch_shape': [null, 2], 'dtype': 'float64' | float32",
        "InputLayer | 'batch_shape': [null, 2], 'sparse': true | sparse is not what it should be.",
      })
  void saysWhichArgumentOfWhichLayerIsWrong(String type, String arguments, String message) {
    assertThatThrownBy(() -> Models.modelFromJson(of(layer(type, arguments.replace('\'', '"')))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("modelFromJson Sequential \"m\", layers[0] " + type)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'loss': ['mse', 'mae']                               | another number of outputs.",
        "'loss': {'out': 'mse'}                               | its names are not those",
        "'loss': 'msee'                                       | Did you mean \"mse\"?",
        "'loss_weights': [0.5, 1]                             | another number of outputs.",
        "'metrics': 3                                         | metrics is not what it should be.",
        "'metrics': [{'class_name': 'Precision', 'config': {'thresholds': [0.5, 0.7]}}]"
            + " | thresholds is not what it should be.",
        "'metrics': [{'class_name': 'AUC', 'config': {'multi_label': true}}] | multi_label is not",
        "'optimizer': {'class_name': 'Adam', 'config': {'decay': 0.1}} | got:      decay",
        "'optimizer': {'class_name': 'AdamW', 'config': {'weight_decay': null}} | weight_decay",
        "'optimizer': {'class_name': 'Lookahead', 'config': {}} | optimizer \"Lookahead\" is not known.",
        "'optimizer': {'class_name': 'SGD', 'config': {'learning_rate': {'class_name': 'Odd',"
            + " 'config': {}}}} | learning rate schedule \"Odd\" is not known.",
        "'fancy': 1                                           | got:      fancy",
      })
  void saysWhichArgumentOfCompileIsWrong(String arguments, String message) {
    String json =
        of(layer("Dense", "\"units\": 2"))
            .replaceFirst("\\}$", ", \"compile_config\": {" + arguments.replace('\'', '"') + "}}");
    assertThatThrownBy(() -> Models.modelFromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("modelFromJson, compile_config")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                         | this is no configuration.",
        "[1, 2]                     | JSON, but no object",
        "{                          | at line 1",
        "{}                         | class_name is missing.",
        "{'class_name': 3}          | class_name is not what it should be.",
        "{'class_name': 'Sequential', 'config': 3}                   | a map of arguments",
        "{'class_name': 'Sequential', 'config': {'name': 'm'}}       | layers is missing.",
        "{'class_name': 'Sequential', 'config': {'name': 'm', 'layers': 1}} | a list",
        "{'class_name': 'Sequential', 'config': {'name': 'm', 'layers': [1]}} | a list of maps",
        "{'class_name': 'Dense', 'config': {'units': 1}} | this is a layer, no model.",
        "{'class_name': 'Functional', 'config': {'name': 'm'}} | layers is missing.",
        "{'class_name': 'Functional', 'config': {'input_layers': [], 'layers': []}} | input_layers is",
      })
  void refusesTextsThatAreNoModels(String json, String message) {
    assertThatThrownBy(() -> Models.modelFromJson(json.replace('\'', '"')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("modelFromJson")
        .hasMessageContaining(message);
  }

  @Test
  void saysThePlaceWhereNumbersOverflow() {
    String json =
        of(
            layer("InputLayer", "\"batch_shape\": [null, 4]"),
            layer("Reshape", "\"target_shape\": [65536, 65536, 65536, 65536, -1]"));
    assertThatThrownBy(() -> Models.modelFromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("modelFromJson Sequential \"m\", layers[1]");
  }

  @Test
  void refusesNestingWithoutEnd() {
    String deep = layer("Dense", "\"units\": 1");
    for (int i = 0; i < 60; i++) {
      deep = layer("TimeDistributed", "\"layer\": " + deep);
    }
    String tooDeep = of(deep);
    assertThatThrownBy(() -> Models.modelFromJson(tooDeep))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("objects are nested too deep.");
    String lists = "{\"class_name\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThatThrownBy(() -> Models.modelFromJson(lists))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("this is no configuration.");
    Map<String, Object> itself = new HashMap<>();
    itself.put("class_name", "TimeDistributed");
    itself.put("config", Map.of("layer", itself));
    assertThatThrownBy(() -> Layers.deserialize(itself))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("objects are nested too deep.");
  }

  // ---- what else is kept

  @Test
  void givesTheSameObjectForTheSameSharedId() {
    String shared =
        "{\"class_name\": \"GlorotUniform\", \"config\": {\"seed\": null},"
            + " \"shared_object_id\": 77}";
    String dense = "\"units\": 2, \"kernel_initializer\": " + shared;
    try (Model model =
        Models.modelFromJson(
            of(
                layer("InputLayer", "\"batch_shape\": [null, 2]"),
                layer("Dense", dense + ", \"name\": \"a\""),
                layer("Dense", dense + ", \"name\": \"b\"")))) {
      List<FloatNdArray> weights = model.getWeights();
      assertThat(weights.get(0)).isEqualTo(weights.get(2));
    }
  }

  @Test
  void makesTheWeightsOfALayerThatHadSome() {
    Dense layer = new Dense(2);
    try (Sequential model = new Sequential(new Input(shape(4, 3)), new TimeDistributed(layer))) {
      Layer<?> again = Layers.deserialize(Layers.serialize(model.getLayer(0)));
      assertThat(again.built()).isTrue();
      assertThat(again.weights().get(0).shape()).isEqualTo(Shape.of(3, 2));
    }
  }

  @Test
  void trainsAModelThatWasReadAsOneThatWasMade() {
    Utils.setRandomSeed(5);
    try (Sequential made = new Sequential(new Input(shape(2)), new Dense(3), new Dense(1))) {
      made.compile(c -> c.loss("mse").optimizer("adam").metrics("mae"));
      try (Model read = Models.modelFromJson(made.toJson())) {
        read.setWeights(made.getWeights());
        float[][] x = {{1, 2}, {3, 5}};
        float[] y = {1, -1};
        assertThat(read.trainOnBatch(x, y)).isEqualTo(made.trainOnBatch(x, y));
        assertThat(read.trainOnBatch(x, y)).isEqualTo(made.trainOnBatch(x, y));
      }
    }
  }

  private static String of(String... layers) {
    return "{\"module\": \"keras\", \"class_name\": \"Sequential\", \"config\": {\"name\": \"m\","
        + " \"layers\": ["
        + String.join(", ", layers)
        + "]}}";
  }

  private static String layer(String type, String arguments) {
    return "{\"class_name\": \"" + type + "\", \"config\": {" + arguments + "}}";
  }
}
