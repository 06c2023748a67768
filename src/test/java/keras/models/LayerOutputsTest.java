package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import keras.layers.Dense;
import keras.layers.Flatten;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.LayerNormalization;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;

/** Outputs of layers inside of a model. {@code ParityTest} compares their numbers with Keras's. */
class LayerOutputsTest {

  private static final float[][][] X = {{{0.5f, -1}, {0.25f, 2}}, {{-2, 0.75f}, {1, 1}}};

  @Test
  void namesEveryLayerInTheOrderOfTheCalls() {
    try (Sequential model =
        new Sequential(
            new Input(shape(2, 2)),
            new LSTM(3).returnSequences(true).name("first"),
            new Flatten().name("flat"),
            new Dense(4).name("last"))) {
      Map<String, FloatNdArray> outputs = model.layerOutputs(X);

      assertThat(outputs.keySet()).containsExactly("first", "flat", "last");
      assertThatArray(outputs.get("first")).hasShape(2, 2, 3);
      assertThatArray(outputs.get("flat"))
          .isCloseTo(FloatArrays.wrap(FloatArrays.values(outputs.get("first")), 2, 6));
      assertThatArray(outputs.get("last")).isCloseTo(model.predictOnBatch(X));
    }
  }

  @Test
  void buildsAModelWithoutInput() {
    try (Sequential model = new Sequential(new LayerNormalization(), new Flatten(), new Dense(1))) {
      assertThat(model.layerOutputs(X)).hasSize(3);
      assertThat(model.weights()).hasSize(4);
    }
  }

  @Test
  void movesStatesOnAsPredictionDoes() {
    try (Sequential model =
        new Sequential(new Input(batchShape(2, 2, 2)), new LSTM(3).stateful(true).name("memory"))) {
      FloatNdArray first = model.layerOutputs(X).get("memory");
      FloatNdArray second = model.predictOnBatch(X);
      model.resetStates();

      assertThatArray(model.predictOnBatch(X)).isCloseTo(first);
      assertThatArray(model.layerOutputs(X).get("memory")).isCloseTo(second);
    }
  }

  @Test
  void refusesDataOfAnotherShapeOrSize() {
    try (Sequential model =
        new Sequential(new Input(batchShape(3, 2, 2)), new LSTM(3).stateful(true))) {
      assertThatThrownBy(() -> model.layerOutputs(X))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("layerOutputs: a stateful model keeps one state a sample")
          .hasMessageContaining("expected: batches of 3")
          .hasMessageContaining("got:      a batch of 2");
      assertThatThrownBy(() -> model.layerOutputs(new float[3][2][5]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("got:      (3, 2, 5)");
    }
  }
}
