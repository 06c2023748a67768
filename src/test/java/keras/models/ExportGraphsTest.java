package keras.models;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.layers.Add;
import keras.layers.Dense;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.LSTM;
import keras.layers.LSTMCell;
import keras.layers.RNN;
import keras.testing.Golden;
import keras.testing.OnnxSession;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

/** Graphs of layers answer once they are exported as they do before. */
class ExportGraphsTest {

  private static final float[][][] X = {
    {{0.5f, -1}, {0.25f, 2}, {-0.75f, 0.5f}}, {{-2, 0.75f}, {0, 1}, {1, 1}}
  };

  @TempDir private Path folder;

  /** One in three: what an export does with single layers is tested elsewhere. */
  static Stream<String> graphs() throws IOException {
    List<String> names = FunctionalModelsTest.names().toList();
    List<String> some = new ArrayList<>();
    for (int i = 0; i < names.size(); i += Boolean.getBoolean("full") ? 1 : 3) {
      some.add(names.get(i));
    }
    return some.stream();
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void answersAsPredictDoes(String name) {
    Golden golden = Golden.load("functional/" + name);
    try (Model model = Models.modelFromJson(golden.text("json"))) {
      model.setWeights(golden.arrays("weights"));
      List<FloatNdArray> x = golden.arrays("shown");
      Predictions expected = model.predictOnBatchAll(x);
      model.export(folder, o -> o.step(false));
      try (ServedModel served = ServedModel.load(folder)) {
        Map<String, FloatNdArray> given = new LinkedHashMap<>();
        for (String input : model.inputNames()) {
          boolean named = served.signature("serving_default").inputNames().contains(input);
          String number = given.isEmpty() ? "" : "_" + given.size();
          given.put(named ? input : "keras_tensor" + number, x.get(given.size()));
        }
        Map<String, FloatNdArray> answers = served.call("serving_default", given);
        for (int i = 0; i < expected.size(); i++) {
          String output = model.namesOutputs() ? model.outputNames().get(i) : "output_" + i;
          assertThatArray(answers.get(output)).isCloseTo(expected.get(i));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void answersInOnnxRuntimeAsPredictDoes(String name) {
    Golden golden = Golden.load("functional/" + name);
    try (Model model = Models.modelFromJson(golden.text("json"))) {
      model.setWeights(golden.arrays("weights"));
      List<FloatNdArray> x = golden.arrays("shown");
      Predictions expected = model.predictOnBatchAll(x);
      Path file = folder.resolve("graph.onnx");
      model.export(file, o -> o.format("onnx"));
      try (OnnxSession session = OnnxSession.load(file)) {
        Map<String, FloatNdArray> given = new LinkedHashMap<>();
        for (String input : session.inputNames()) {
          given.put(input, x.get(given.size()));
        }
        List<FloatNdArray> answers = List.copyOf(session.run(given).values());
        assertThat(answers).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
          assertThatArray(answers.get(i)).isCloseTo(expected.get(i));
        }
      }
    }
  }

  @Test
  void namesOutputsAsAMapNamesThem() {
    KerasTensor x = new Input(shape(3)).name("first").tensor();
    Map<String, KerasTensor> outputs =
        Map.of("value", new Dense(1).call(x), "kind", new Dense(2).activation("softmax").call(x));
    try (Model model = new Model(x, outputs)) {
      model.export(folder);
      float[][] data = {{1, 2, 3}};
      try (ServedModel served = ServedModel.load(folder)) {
        Map<String, FloatNdArray> answers = served.call("serving_default", Map.of("first", data));
        assertThat(answers).containsOnlyKeys("value", "kind");
        assertThatArray(answers.get("kind")).isCloseTo(model.predictAll(data).get("kind"));
      }
    }
  }

  @Test
  void streamsADecoderThatIsHandedItsStates() {
    KerasTensor x = new Input(shape(null, 2)).name("said").tensor();
    KerasTensor h = new Input(shape(3)).name("h").tensor();
    KerasTensor c = new Input(shape(3)).name("c").tensor();
    List<KerasTensor> decoded =
        new LSTM(3).returnSequences(true).returnState(true).callAll(x, List.of(h, c));
    KerasTensor high = new GRU(2).returnSequences(true).name("high").call(decoded.get(0));
    KerasTensor y = new Dense(2).call(high);
    try (Model model = new Model(List.of(x, h, c), List.of(y, decoded.get(1), decoded.get(2)))) {
      float[][] startH = {{0.1f, -0.2f, 0.3f}, {0.4f, 0.5f, -0.6f}};
      float[][] startC = {{1, -1, 0.5f}, {0.2f, 0.3f, 0.4f}};
      Predictions whole = model.predictOnBatchAll(List.of(X, startH, startC));
      Exported exported = model.export(folder);
      assertThat(exported.whyNoStep()).isEmpty();
      assertThat(exported.states()).containsExactly("h", "c", "high_h");
      try (ServedModel served = ServedModel.load(folder)) {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("h", startH);
        given.put("c", startC);
        given.put("high_h", new float[2][2]);
        for (int t = 0; t < 3; t++) {
          given.put("said", new float[][] {X[0][t], X[1][t]});
          Map<String, FloatNdArray> answers = served.call("step", given);
          exported.states().forEach(state -> given.put(state, answers.get(state)));
          float[] expected = FloatArrays.values(whole.get(0));
          float[] actual = FloatArrays.values(answers.get("output_0"));
          assertThatArray(actual[0]).isCloseTo(expected[t * 2]);
          assertThatArray(actual[3]).isCloseTo(expected[6 + t * 2 + 1]);
        }
        assertThatArray((FloatNdArray) given.get("h")).isCloseTo(whole.get(1));
        assertThatArray((FloatNdArray) given.get("c")).isCloseTo(whole.get(2));
      }
    }
  }

  @Test
  void streamsACell() {
    KerasTensor x = new Input(shape(null, 2)).name("x").tensor();
    KerasTensor y = new RNN(new LSTMCell(3)).returnSequences(true).name("rnn").call(x);
    try (Model model = new Model(x, y)) {
      Exported exported = model.export(folder);
      assertThat(exported.signatures()).contains("step");
      float[] expected = FloatArrays.values(model.predictOnBatch(X));
      try (ServedModel served = ServedModel.load(folder)) {
        Map<String, Object> given = new LinkedHashMap<>();
        exported.states().forEach(state -> given.put(state, new float[2][3]));
        for (int t = 0; t < 3; t++) {
          given.put("x", new float[][] {X[0][t], X[1][t]});
          Map<String, FloatNdArray> answers = served.call("step", given);
          exported.states().forEach(state -> given.put(state, answers.get(state)));
          float[] actual = FloatArrays.values(answers.get("output_0"));
          assertThatArray(actual[1]).isCloseTo(expected[t * 3 + 1]);
          assertThatArray(actual[5]).isCloseTo(expected[9 + t * 3 + 2]);
        }
      }
    }
  }

  @Test
  void saysWhyAModelWithItsEncoderHasNoStep() {
    KerasTensor read = new Input(shape(null, 2)).tensor();
    KerasTensor said = new Input(shape(null, 2)).tensor();
    List<KerasTensor> states = new GRU(3).returnState(true).callAll(read).subList(1, 2);
    KerasTensor y = new GRU(3).returnSequences(true).name("decoder").call(said, states);
    try (Model model = new Model(List.of(read, said), y)) {
      Exported exported = model.export(folder);
      assertThat(exported.signatures()).doesNotContain("step");
      assertThat(exported.whyNoStep()).isPresent();
      assertThat(exported.whyNoStep().orElseThrow())
          .isEqualTo(
              "GRU \"decoder\": its initial states are no inputs of the model that it hands back");
    }
  }

  /** A model that describes itself. */
  private static final class Described extends Model {
    private final LSTM reader = addLayer("reader", new LSTM(2).returnSequences(true));
    private final Add sum = addLayer("sum", new Add());

    @Override
    protected KerasTensor describe(KerasTensor inputs) {
      return sum.call(List.of(inputs, reader.call(inputs)));
    }
  }

  @Test
  void exportsAModelThatDescribesItself() {
    try (Model model = new Described()) {
      FloatNdArray expected = model.predictOnBatch(X);
      model.export(folder);
      try (ServedModel served = ServedModel.load(folder)) {
        assertThatArray(served.call("serving_default", Map.of("keras_tensor", X)).get("output_0"))
            .isCloseTo(expected);
      }
    }
  }
}
