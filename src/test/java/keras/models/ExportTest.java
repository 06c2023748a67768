package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.GRU;
import keras.layers.GaussianNoise;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.SimpleRNN;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Signature;

/** Models as TensorFlow's own loader gets them: whole sequences. */
class ExportTest {

  private static final float[][][] X = {
    {{0.5f, -1}, {0.25f, 2}, {-0.75f, 0.5f}}, {{-2, 0.75f}, {0, 0}, {1, 1}}
  };

  @TempDir private Path folder;

  @Test
  void givesWhatPredictGivesForAnyBatchAndLength() {
    try (Sequential model =
        new Sequential(
            new Input(shape(null, 2)),
            new LSTM(3).returnSequences(true),
            new Dropout(0.5),
            new GRU(3).returnSequences(true).dropout(0.5),
            new SimpleRNN(4).recurrentDropout(0.5),
            new GaussianNoise(1),
            new Dense(2).activation("softmax"))) {
      Exported exported = model.export(folder.resolve("new/model"));

      assertThat(exported.folder()).isEqualTo(folder.resolve("new/model"));
      assertThat(exported.signatures()).containsExactly("serving_default", "serve", "step");
      try (ServedModel served = ServedModel.load(exported.folder())) {
        assertThatArray(served.call("serving_default", Map.of("keras_tensor", X)).get("output_0"))
            .isCloseTo(model.predict(X));
        float[][][] longer = new float[1][150][2];
        longer[0][149][1] = 1;
        assertThatArray(served.call("serve", Map.of("keras_tensor", longer)).get("output_0"))
            .isCloseTo(model.predict(longer));
      }
    }
  }

  @Test
  void namesInputsAndOutputsAsKerasDoesAndLeavesOpenWhatTheModelLeavesOpen() {
    try (Sequential model =
        new Sequential(new Input(shape(5, 2)).name("values"), new LSTM(3), new Dense(4))) {
      model.export(folder.resolve("model"));

      try (ServedModel served = ServedModel.load(folder.resolve("model"))) {
        Signature signature = served.signature("serving_default");
        assertThat(signature.methodName()).isEqualTo("tensorflow/serving/predict");
        assertThat(signature.getInputs().keySet()).containsExactly("values");
        assertThat(signature.getInputs().get("values").shape.asArray()).containsExactly(-1, 5, 2);
        assertThat(signature.getOutputs().keySet()).containsExactly("output_0");
        assertThat(signature.getOutputs().get("output_0").shape.asArray()).containsExactly(-1, 4);
      }
    }
  }

  @Test
  void startsAStatefulModelWithZerosWhateverTheBatch() {
    float[][][] one = {X[1]};
    try (Sequential model =
            new Sequential(
                new Input(batchShape(2, 3, 2)), new LSTM(3).stateful(true), new Dense(1));
        Sequential stateless = new Sequential(new Input(shape(3, 2)), new LSTM(3), new Dense(1))) {
      stateless.setWeights(model.getWeights());
      model.predict(X, p -> p.batchSize(2));
      model.export(folder.resolve("model"));

      try (ServedModel served = ServedModel.load(folder.resolve("model"))) {
        for (int call = 0; call < 2; call++) {
          assertThatArray(served.call("serve", Map.of("keras_tensor", one)).get("output_0"))
              .isCloseTo(stateless.predict(one));
        }
      }
    }
  }

  @Test
  void keepsTheWeightsThatTheModelHadThen() {
    float[][] x = {{1, 2}};
    try (Sequential model = new Sequential(new Input(shape(2)), new Dense(3).name("only"))) {
      var before = model.predict(x);
      Exported exported = model.export(folder.resolve("model"));
      model.getLayer("only").weights().get(0).assign(new float[6]);

      try (ServedModel served = ServedModel.load(folder.resolve("model"))) {
        assertThatArray(served.call("serve", Map.of("keras_tensor", x)).get("output_0"))
            .isCloseTo(before);
      }
      assertThat(exported.signatures()).containsExactly("serving_default", "serve");
      assertThat(exported.whyNoStep()).hasValueSatisfying(why -> assertThat(why).contains("input"));
    }
  }

  @Test
  void writesAModelWithoutWeights() {
    try (Sequential model = new Sequential(new Input(shape(3, 2)), new Dropout(0.5))) {
      model.export(folder.resolve("model"));

      try (ServedModel served = ServedModel.load(folder.resolve("model"))) {
        assertThatArray(served.call("serve", Map.of("keras_tensor", X)).get("output_0"))
            .isCloseTo(model.predict(X));
      }
    }
  }

  @Test
  void exportsWhileAndAfterAModelIsTrained() {
    float[][] y = {{1}, {0}};
    try (Sequential model = new Sequential(new Input(shape(3, 2)), new LSTM(2), new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer("adam"));
      model.fit(X, y, f -> f.epochs(2).verbose(0));
      model.export(folder.resolve("model"));
      model.fit(X, y, f -> f.epochs(1).verbose(0));
      model.export(folder.resolve("model"));

      try (ServedModel served = ServedModel.load(folder.resolve("model"))) {
        assertThatArray(served.call("serve", Map.of("keras_tensor", X)).get("output_0"))
            .isCloseTo(model.predict(X));
      }
    }
  }
}
