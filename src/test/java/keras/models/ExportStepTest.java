package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.layers.Dense;
import keras.layers.Flatten;
import keras.layers.GRU;
import keras.layers.GlobalAveragePooling1D;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Layer;
import keras.layers.LayerNormalization;
import keras.layers.Masking;
import keras.layers.PReLU;
import keras.layers.RepeatVector;
import keras.layers.Reshape;
import keras.layers.SimpleRNN;
import keras.layers.Softmax;
import keras.layers.TimeDistributed;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

/** The signature that takes one timestep at a time. */
class ExportStepTest {

  /** One timestep of the second sample, and the last one of the first, are all zero. */
  private static final float[][][] X = {
    {{0.5f, -1}, {0.25f, 2}, {-0.75f, 0.5f}, {0, 0}}, {{-2, 0.75f}, {0, 0}, {1, 1}, {3, 0.5f}}
  };

  @TempDir private Path folder;

  static Stream<Arguments> streams() {
    return Stream.of(
        Arguments.of(
            "all outputs",
            List.of(
                new LSTM(3).returnSequences(true).name("low"),
                new LSTM(4).returnSequences(true).name("high"),
                new TimeDistributed(new Dense(2).activation("softmax"))),
            List.of("low_h", "low_c", "high_h", "high_c")),
        Arguments.of(
            "no fused kernel",
            List.of(
                new LSTM(3).returnSequences(true).activation("relu").name("one"),
                new LayerNormalization(),
                new SimpleRNN(2).returnSequences(true).name("two")),
            List.of("one_h", "one_c", "two_h")),
        Arguments.of(
            "gates",
            List.of(
                new GRU(3).returnSequences(true).name("one"),
                new GRU(2).returnSequences(true).resetAfter(false).name("two")),
            List.of("one_h", "two_h")),
        Arguments.of(
            "masked timesteps",
            List.of(
                new Masking(),
                new LSTM(3).returnSequences(true).name("one"),
                new SimpleRNN(2).returnSequences(true).name("two")),
            List.of("one_h", "one_c", "two_h")),
        Arguments.of(
            "a model in a model",
            List.of(
                new Dense(3),
                new Sequential(
                        new Input(shape(null, 3)), new LSTM(2).returnSequences(true).name("inner"))
                    .name("nested"),
                new PReLU().sharedAxes(1)),
            List.of("inner_h", "inner_c")),
        Arguments.of(
            "sequences within a timestep",
            List.of(
                new TimeDistributed(new Reshape(1, 2)),
                new TimeDistributed(new LSTM(3)),
                new SimpleRNN(2).returnSequences(true).name("outer")),
            List.of("outer_h")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void givesTimestepByTimestepWhatPredictGivesForTheSequence(
      String name, List<Layer<?>> layers, List<String> states) {
    try (Sequential model = new Sequential(new Input(shape(null, 2)))) {
      layers.forEach(model::add);
      Exported exported = model.export(folder.resolve("model"), e -> e.step(true));

      assertThat(exported.states()).isEqualTo(states);
      assertThatArray(streamed(folder.resolve("model"), states)).isCloseTo(model.predict(X));
    }
  }

  /** The outputs of all timesteps, (batch, timesteps, ...). */
  private static FloatNdArray streamed(Path model, List<String> names) {
    try (ServedModel served = ServedModel.load(model)) {
      Map<String, Object> fed = new LinkedHashMap<>();
      for (String state : names) {
        int units = (int) served.signature("step").getInputs().get(state).shape.get(1);
        fed.put(state, new float[2][units]);
      }
      float[][][] outputs = new float[2][X[0].length][];
      for (int t = 0; t < X[0].length; t++) {
        fed.put("keras_tensor", new float[][] {X[0][t], X[1][t]});
        Map<String, FloatNdArray> given = served.call("step", fed);
        for (int row = 0; row < 2; row++) {
          outputs[row][t] = FloatArrays.values(FloatArrays.gather(given.get("output_0"), row));
        }
        names.forEach(state -> fed.put(state, given.get(state)));
      }
      return FloatArrays.of(outputs, "outputs");
    }
  }

  @Test
  void givesTheLastOutputSoFarWhereTheModelGivesTheLastOne() {
    try (Sequential model =
        new Sequential(
            new Input(batchShape(2, 4, 2)),
            new Masking(),
            new LSTM(3).stateful(true).name("memory"),
            new Flatten(),
            new Dense(2))) {
      Exported exported = model.export(folder.resolve("model"));
      FloatNdArray steps = streamed(exported.folder(), exported.states());

      float[] all = FloatArrays.values(steps);
      float[] last = {all[6], all[7], all[14], all[15]};
      assertThatArray(FloatArrays.wrap(last, 2, 2)).isCloseTo(model.predictOnBatch(X));
    }
  }

  @Test
  void givesStatesNamesThatNothingElseHasAndPythonCanSay() {
    try (Sequential model =
        new Sequential(
            new Input(shape(null, 2)).name("same_h"),
            new SimpleRNN(2).returnSequences(true).name("same"),
            new Sequential(
                    new Input(shape(null, 2)), new SimpleRNN(2).returnSequences(true).name("same"))
                .name("nested"),
            new LSTM(2).name("1st, with/marks"))) {
      Exported exported = model.export(folder.resolve("model"), e -> e.step(true));

      assertThat(exported.states())
          .containsExactly(
              "same_h_1", "same_h_2", "arg_1st__with_marks_h", "arg_1st__with_marks_c");
      try (ServedModel served = ServedModel.load(folder.resolve("model"))) {
        assertThat(served.signature("step").getInputs().keySet())
            .contains("same_h")
            .containsAll(exported.states());
        assertThat(served.signature("step").getOutputs().keySet())
            .contains("output_0")
            .containsAll(exported.states());
      }
    }
  }

  static Stream<Arguments> hindrances() {
    return Stream.of(
        Arguments.of(
            List.of(new LSTM(3).goBackwards(true).name("backwards")),
            "LSTM \"backwards\"",
            "goBackwards(true) begins with the last timestep, which a stream has not"),
        Arguments.of(
            List.of(new LSTM(3).returnSequences(true), new Flatten().name("flat"), new Dense(1)),
            "Flatten \"flat\"",
            "it takes several timesteps together, or may do so"),
        Arguments.of(
            List.of(new LSTM(3), new RepeatVector(4), new LSTM(2).name("decoder")),
            "LSTM \"decoder\"",
            "it goes over something else than the model's timesteps"),
        Arguments.of(
            List.of(
                new SimpleRNN(3).returnSequences(true), new GlobalAveragePooling1D().name("mean")),
            "GlobalAveragePooling1D \"mean\"",
            "it takes several timesteps together, or may do so"),
        Arguments.of(
            List.of(new Softmax().axis(1).name("over"), new SimpleRNN(3)),
            "Softmax \"over\"",
            "it works along the axis of the timesteps"),
        Arguments.of(
            List.of(new LayerNormalization().axis(-2, -1).name("norm"), new SimpleRNN(3)),
            "LayerNormalization \"norm\"",
            "it works along the axis of the timesteps"),
        Arguments.of(
            List.of(new SimpleRNN(3).returnSequences(true), new PReLU().name("bent")),
            "PReLU \"bent\"",
            "it has weights of its own for each timestep"),
        Arguments.of(
            List.of(new Dense(3)),
            "Sequential \"model\"",
            "it has no recurrent layer, hence no states"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("hindrances")
  void refusesWhatNeedsSeveralTimestepsAndNamesTheLayer(
      List<Layer<?>> layers, String layer, String why) {
    try (Sequential model = new Sequential(new Input(shape(4, 2))).name("model")) {
      layers.forEach(model::add);

      assertThatThrownBy(() -> model.export(folder.resolve("model"), e -> e.step(true)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              layer
                  + ": the model cannot be given one timestep at a time.\n"
                  + "  expected: recurrent layers, and others that treat each timestep on its own\n"
                  + "  got:      "
                  + why
                  + "\n"
                  + "  fix:      leave step(true) out: export then writes serving_default alone");
      assertThat(folder.resolve("model")).doesNotExist();
      Exported exported = model.export(folder.resolve("model"));
      assertThat(exported.signatures()).containsExactly("serving_default", "serve");
      assertThat(exported.whyNoStep()).contains(layer + ": " + why);
      assertThat(Files.exists(folder.resolve("model/saved_model.pb"))).isTrue();
    }
  }

  @Test
  void leavesTheStepOutWhereItIsNotWanted() {
    try (Sequential model = new Sequential(new Input(shape(4, 2)), new LSTM(1))) {
      Exported exported = model.export(folder.resolve("model"), e -> e.step(false));

      assertThat(exported.signatures()).doesNotContain("step");
      assertThat(exported.whyNoStep()).isEmpty();
    }
  }
}
