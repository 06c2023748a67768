package keras.models;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import keras.testing.Golden;
import org.tensorflow.ndarray.FloatNdArray;

/** Trains a model batch by batch on the data of a file made by {@code testdata/models.py}. */
final class TrainedSteps {

  private final Golden golden;
  private double tolerance = 1e-5;

  private TrainedSteps(Golden golden) {
    this.golden = golden;
  }

  static TrainedSteps of(String name) {
    return new TrainedSteps(Golden.load("models/" + name));
  }

  /** Another relative tolerance than 1e-5; say beside it why. */
  TrainedSteps within(double relative) {
    tolerance = relative;
    return this;
  }

  /** The losses, the metrics, the weights at the end and what they predict are Keras's. */
  void check(Sequential model) {
    model.setWeights(golden.arrays("weights"));
    for (Golden step : golden.all("steps")) {
      if (step.bool("reset")) {
        model.resetStates();
      }
      model.resetMetrics();
      FloatNdArray weight = step.has("sample_weight") ? step.array("sample_weight") : null;
      Map<String, Double> logs = model.trainOnBatch(step.array("x"), step.array("y"), weight);
      checkLogs(step, logs);
    }
    for (int i = 0; i < golden.arrays("trained").size(); i++) {
      assertThatArray(model.getWeights().get(i))
          .as("weight %s of %s", i, golden)
          .within(tolerance)
          .isCloseTo(golden.arrays("trained").get(i));
    }
    model.resetStates();
    assertThatArray(model.predictOnBatch(golden.array("shown")))
        .within(tolerance)
        .isCloseTo(golden.array("prediction"));
  }

  private void checkLogs(Golden step, Map<String, Double> logs) {
    Golden expected = step.at("logs");
    assertThat(logs).as("%s", step).containsOnlyKeys(expected.keys());
    for (String key : expected.keys()) {
      assertThatArray(logs.get(key).floatValue())
          .as("%s of %s", key, step)
          .within(tolerance)
          .isCloseTo((float) expected.number(key));
    }
  }
}
