package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.layers.Activation;
import keras.layers.Conv3D;
import keras.layers.ConvLSTM2D;
import keras.layers.Dense;
import keras.layers.GRU;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Lambda;
import keras.layers.SimpleRNN;
import keras.layers.TimeDistributed;
import keras.testing.OnnxSession;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.StdArrays;

/** Models as ONNX Runtime gets them. */
class ExportOnnxTest {

  private static final float[][][] X = {
    {{0.5f, -1}, {0.25f, 2}, {-0.75f, 0.5f}}, {{-2, 0.75f}, {0, 0}, {1, 1}}
  };

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("model.onnx");
  }

  private static FloatNdArray array(float[][][] values) {
    return StdArrays.ndCopyOf(values);
  }

  @Test
  void givesWhatPredictGivesForAnyBatchAndLength() {
    try (Sequential model =
        new Sequential(
            new Input(shape(null, 2)),
            new LSTM(3).returnSequences(true),
            new GRU(3).returnSequences(true),
            new GRU(3).returnSequences(true).resetAfter(false),
            new SimpleRNN(4),
            new Dense(2).activation("softmax"))) {
      Exported exported = model.export(file(), o -> o.format("onnx"));

      assertThat(exported.folder()).isEqualTo(file());
      assertThat(exported.signatures()).containsExactly("serving_default");
      assertThat(folder).isDirectoryContaining("glob:**model.onnx");
      try (OnnxSession session = OnnxSession.load(file())) {
        assertThatArray(session.run(Map.of("keras_tensor", array(X))).get("output_0"))
            .isCloseTo(model.predict(X));
        float[][][] longer = new float[1][150][2];
        longer[0][149][1] = 1;
        assertThatArray(session.run(Map.of("keras_tensor", array(longer))).get("output_0"))
            .isCloseTo(model.predict(longer));
      }
    }
  }

  @Test
  void givesWhatPredictGivesForFilmsOfAnyLength() {
    try (Sequential model =
        new Sequential(
            new Input(shape(null, 5, 6, 1)),
            new ConvLSTM2D(2, 3).padding("same").returnSequences(true),
            new Conv3D(1, 3).padding("same").activation("sigmoid"),
            new Conv3D(2, 2).strides(2, 1, 1))) {
      model.export(file(), o -> o.format("onnx"));

      try (OnnxSession session = OnnxSession.load(file())) {
        for (int length : new int[] {2, 7}) {
          FloatNdArray films = SameSeedModels.values(2, length, 5, 6, 1);
          assertThatArray(session.run(List.of(films)).get(0)).isCloseTo(model.predict(films));
        }
      }
    }
  }

  /** All of Keras's, each of a line of numbers on both sides of zero. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "celu",
        "elu",
        "exponential",
        "gelu",
        "glu",
        "hard_shrink",
        "hard_sigmoid",
        "hard_silu",
        "hard_tanh",
        "leaky_relu",
        "linear",
        "log_sigmoid",
        "log_softmax",
        "mish",
        "relu",
        "relu6",
        "selu",
        "sigmoid",
        "silu",
        "soft_shrink",
        "softmax",
        "softplus",
        "softsign",
        "sparse_plus",
        "sparse_sigmoid",
        "sparsemax",
        "squareplus",
        "tanh",
        "tanh_shrink"
      })
  void knowsEveryActivation(String name) {
    float[] line = {-8, -2.5f, -1, -0.4f, -0.1f, 0, 0.1f, 0.3f, 0.9f, 2, 3.5f, 7};
    try (Sequential model = new Sequential(new Input(shape(12)), new Activation(name))) {
      model.export(file(), o -> o.format("onnx"));

      try (OnnxSession session = OnnxSession.load(file())) {
        FloatNdArray x = FloatArrays.wrap(line, 1, 12);
        assertThatArray(session.run(Map.of("keras_tensor", x)).get("output_0"))
            .isCloseTo(model.predict(x));
      }
    }
  }

  @Test
  void writesOneTimestepOfAStreamToASecondFileWhereItIsAskedFor() throws IOException {
    try (Sequential model =
        new Sequential(
            new Input(batchShape(2, 3, 2)).name("said"),
            new LSTM(3).returnSequences(true).stateful(true).name("low"),
            new GRU(2).returnSequences(true).stateful(true).name("high"),
            new TimeDistributed(new Dense(2)))) {
      FloatNdArray expected = model.predict(X);
      Exported exported = model.export(file(), o -> o.format("onnx").step(true));

      assertThat(exported.signatures()).containsExactly("serving_default", "step");
      assertThat(exported.states()).containsExactly("low_h", "low_c", "high_h");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(path -> path.getFileName().toString()))
            .containsExactlyInAnyOrder("model.onnx", "model.step.onnx");
      }
      try (OnnxSession session = OnnxSession.load(folder.resolve("model.step.onnx"))) {
        Map<String, FloatNdArray> given = new LinkedHashMap<>();
        given.put("low_h", FloatArrays.wrap(new float[6], 2, 3));
        given.put("low_c", FloatArrays.wrap(new float[6], 2, 3));
        given.put("high_h", FloatArrays.wrap(new float[4], 2, 2));
        for (int t = 0; t < 3; t++) {
          given.put("said", StdArrays.ndCopyOf(new float[][] {X[0][t], X[1][t]}));
          Map<String, FloatNdArray> after = session.run(given);
          float[] now = {
            expected.getFloat(0, t, 0), expected.getFloat(0, t, 1),
            expected.getFloat(1, t, 0), expected.getFloat(1, t, 1)
          };
          assertThatArray(after.get("output_0")).isCloseTo(FloatArrays.wrap(now, 2, 2));
          exported.states().forEach(state -> given.put(state, after.get(state + "_after")));
        }
      }
    }
  }

  @Test
  void takesThePlaceOfAnEarlierFileAndLeavesNothingBeside() throws IOException {
    try (Sequential model = new Sequential(new Input(shape(2)), new Dense(1))) {
      Files.writeString(file(), "earlier");
      model.export(file(), o -> o.format("onnx"));

      OnnxSession.load(file()).close();
      assertThat(folder).isDirectoryNotContaining("glob:**.step.onnx");
    }
  }

  @Test
  void refusesWhatOnnxCannotSayByTheNameOfTheOp() {
    try (Sequential model =
        new Sequential(
            new Input(shape(2)), new Lambda((tf, x) -> tf.math.lgamma(x)), new Dense(1))) {
      assertThatThrownBy(() -> model.export(file(), o -> o.format("onnx")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Lgamma")
          .hasMessageContaining("fix:");
      assertThat(file()).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"litert", "openvino", "torch", "tflite"})
  void namesTheWayByPythonForOtherFormats(String format) {
    try (Sequential model = new Sequential(new Input(shape(2)), new Dense(1))) {
      assertThatThrownBy(() -> model.export(file(), o -> o.format(format)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "keras.saving.load_model(path).export(target, format=\""
                  + format.replace("tflite", "litert")); // Keras's word for it today.
    }
  }

  @Test
  void refusesFormatsThatNobodyHas() {
    try (Sequential model = new Sequential(new Input(shape(2)), new Dense(1))) {
      for (String format : new String[] {null, "keras", ""}) {
        assertThatThrownBy(() -> model.export(file(), o -> o.format(format)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("fix:      format(\"onnx\")");
      }
    }
  }

  @Test
  void hasNoStepForAModelThatCannotHaveOne() {
    try (Sequential model =
        new Sequential(new Input(shape(3, 2)), new LSTM(3).goBackwards(true), new Dense(1))) {
      assertThatThrownBy(() -> model.export(file(), o -> o.format("onnx").step(true)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("one timestep at a time");
      assertThat(model.export(file(), o -> o.format("onnx")).states()).isEqualTo(List.of());
    }
  }
}
