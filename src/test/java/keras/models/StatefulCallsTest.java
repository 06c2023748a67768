package keras.models;

import static keras.layers.Input.batchShape;
import static keras.testing.Close.assertThatArray;

import java.util.List;
import java.util.Map;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.SimpleRNN;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;

/** The states of a model are shared by all that runs it, until they are reset. */
class StatefulCallsTest {

  private final Golden golden = Golden.load("models/states");
  private final FloatNdArray x = golden.array("x");
  private final FloatNdArray y = golden.array("y");

  @Test
  void keepsStatesFromCallToCallUntilTheyAreReset() {
    try (Sequential model = new Sequential()) {
      model.add(new Input(batchShape(2, 3, 1)));
      model.add(new LSTM(4).returnSequences(true).stateful(true));
      model.add(new SimpleRNN(3).stateful(true));
      model.add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("adam"));
      model.setWeights(golden.arrays("weights"));
      for (Golden call : golden.all("calls")) {
        FloatNdArray result = call(model, call.text("call"));
        if (result != null) {
          assertThatArray(result).as("%s", call).isCloseTo(call.array("result"));
        }
      }
    }
  }

  private FloatNdArray call(Sequential model, String call) {
    FloatNdArray x2 = FloatArrays.gather(x, 2, 3);
    FloatNdArray y2 = FloatArrays.gather(y, 2, 3);
    return switch (call) {
      case "reset" -> {
        model.resetStates();
        yield null;
      }
      case "fit" ->
          vector(
              model
                  .fit(x, y, f -> f.batchSize(2).epochs(2).shuffle(false).verbose(0))
                  .history()
                  .get("loss"));
      case "evaluate" -> loss(model.evaluate(x, y, e -> e.batchSize(2).verbose(0)));
      case "predict" -> model.predict(x, p -> p.batchSize(2).verbose(0));
      case "predict_on_batch" -> model.predictOnBatch(FloatArrays.gather(x, 0, 1));
      case "train" -> {
        model.resetMetrics();
        yield loss(model.trainOnBatch(x2, y2));
      }
      case "test" -> {
        model.resetMetrics();
        yield loss(model.testOnBatch(x2, y2));
      }
      default -> throw new AssertionError(call);
    };
  }

  private static FloatNdArray loss(Map<String, Double> logs) {
    return vector(List.of(logs.get("loss")));
  }

  private static FloatNdArray vector(List<Double> values) {
    return FloatArrays.of(values.stream().mapToDouble(value -> value).toArray(), "values");
  }
}
