package keras.internal.trainers;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.layers.Activation;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.Flatten;
import keras.layers.GaussianNoise;
import keras.layers.Input;
import keras.layers.Layer;
import keras.layers.Reshape;
import keras.layers.Softmax;
import keras.models.Sequential;
import keras.optimizers.SGD;
import keras.testing.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * A crossentropy sees the logits of a softmax or sigmoid at the model's end whenever Keras's does.
 */
class EndingsTest {

  private static final Golden GOLDEN = Golden.load("training/endings");

  static Stream<Arguments> cases() {
    Golden cases = GOLDEN.at("cases");
    return cases.keys().stream().map(name -> Arguments.of(name, cases.at(name)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void lossEqualsKerasWhereTheOutputIsSaturated(String name, Golden golden) {
    String loss = golden.text("loss");
    FloatNdArray x = GOLDEN.array("x");
    FloatNdArray y = GOLDEN.array(loss.startsWith("sparse") ? "classes" : "vectors");
    try (Sequential model = new Sequential(new Input(Input.shape(3)))) {
      ending(golden.text("ending")).forEach(model::add);
      model.setWeights(GOLDEN.arrays("weights"));
      Object[] metrics = golden.all("metrics").stream().map(each -> each.json().asText()).toArray();
      model.compile(c -> c.loss(loss).metrics(metrics).optimizer(new SGD().learningRate(0.001)));
      checkLogs(model.evaluate(x, y, e -> e.verbose(0)), golden.at("evaluate"));
      if (golden.has("train")) {
        checkLogs(model.trainOnBatch(x, y), golden.at("train"));
        for (int i = 0; i < 2; i++) {
          assertThatArray(model.getWeights().get(i)).isCloseTo(golden.arrays("trained").get(i));
        }
      }
    }
  }

  private static List<Layer<?>> ending(String name) {
    Dense softmax = new Dense(4).activation("softmax");
    return switch (name) {
      case "softmax in Dense" -> List.of(softmax);
      case "sigmoid in Dense" -> List.of(new Dense(4).activation("sigmoid"));
      case "softmax alone" -> List.of(new Dense(4), new Activation("softmax"));
      case "sigmoid alone" -> List.of(new Dense(4), new Activation("sigmoid"));
      case "softmax, linear" ->
          List.of(new Dense(4), new Activation("softmax"), new Activation("linear"));
      case "sigmoid, linear" ->
          List.of(new Dense(4).activation("sigmoid"), new Activation("linear"));
      case "softmax, relu" -> List.of(softmax, new Activation("relu"));
      case "softmax, no dropout" -> List.of(softmax, new Dropout(0));
      case "softmax, dropout" -> List.of(softmax, new Dropout(0.5));
      case "softmax, noise" -> List.of(softmax, new GaussianNoise(0.5));
      case "softmax, flat" -> List.of(softmax, new Flatten());
      case "softmax, reshaped" -> List.of(softmax, new Reshape(4));
      case "softmax layer" -> List.of(new Dense(4), new Softmax());
      case "softmax layer, linear" ->
          List.of(new Dense(4), new Softmax(), new Activation("linear"));
      default -> throw new AssertionError(name);
    };
  }

  private static void checkLogs(Map<String, Double> logs, Golden expected) {
    assertThat(List.copyOf(logs.keySet())).isEqualTo(expected.keys());
    logs.forEach(
        (name, value) ->
            assertThatArray(value.floatValue())
                .as("%s of %s", name, expected)
                .isCloseTo(expected.floats(name)[0]));
  }
}
