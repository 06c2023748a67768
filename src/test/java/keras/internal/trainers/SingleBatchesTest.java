package keras.internal.trainers;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import keras.models.EvaluateOptions;
import keras.models.PredictOptions;
import keras.models.Sequential;
import keras.optimizers.SGD;
import keras.testing.Golden;
import keras.utils.Batch;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.FloatNdArray;

/** Single batches, batches that something yields and a second compile give what Keras gives. */
class SingleBatchesTest {

  @Test
  void logEachBatchAlone() {
    Golden golden = Golden.load("training/batches");
    try (Sequential model = new Sequential(FitCase.layers("classes"))) {
      model.compile(
          c ->
              c.optimizer(new SGD().learningRate(0.3))
                  .loss("sparse_categorical_crossentropy")
                  .metrics("acc", "mse")
                  .weightedMetrics("acc"));
      model.setWeights(golden.arrays("weights"));
      for (Golden call : golden.all("calls")) {
        checkLogs(logs(model, call), call.at("logs"));
      }
    }
  }

  private static Map<String, Double> logs(Sequential model, Golden call) {
    FloatNdArray x = call.array("x");
    FloatNdArray y = call.array("y");
    FloatNdArray weight = call.has("sample_weight") ? call.array("sample_weight") : null;
    if (call.text("call").equals("test")) {
      return weight == null ? model.testOnBatch(x, y) : model.testOnBatch(x, y, weight);
    }
    if (call.has("class_weight")) {
      Golden weights = call.at("class_weight");
      Map<Integer, Double> byClass = new HashMap<>();
      weights.keys().forEach(key -> byClass.put(Integer.valueOf(key), weights.number(key)));
      return model.trainOnBatch(x, y, byClass);
    }
    return weight == null ? model.trainOnBatch(x, y) : model.trainOnBatch(x, y, weight);
  }

  @Test
  void roundLabelsThatHaveWeights() {
    Golden golden = Golden.load("training/labels_between");
    try (Sequential model = new Sequential(FitCase.layers("line"))) {
      model.compile(c -> c.optimizer(new SGD().learningRate(0.05)).loss("mse"));
      model.setWeights(golden.arrays("weights"));
      double loss =
          model
              .trainOnBatch(golden.array("x"), golden.array("y"), Map.of(0, 2.0, 1, 0.5))
              .get("loss");
      assertThatArray((float) loss).isCloseTo((float) golden.number("loss"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"the same optimizer", "another optimizer"})
  void goOnWithAnOptimizerThatWasUsedBefore(String name) {
    Golden golden = Golden.load("training/compiled_again").at(name);
    FloatNdArray x = golden.array("x");
    FloatNdArray y = golden.array("y");
    try (Sequential model = new Sequential(FitCase.layers("line"))) {
      model.setWeights(golden.arrays("weights"));
      SGD first = new SGD().learningRate(0.05).momentum(0.9);
      model.compile(c -> c.optimizer(first).loss("mse").metrics("mae"));
      model.fit(x, y, f -> f.shuffle(false).epochs(3).verbose(0));
      SGD second = name.startsWith("another") ? new SGD().learningRate(0.05).momentum(0.9) : first;
      model.compile(c -> c.optimizer(second).loss("mae").metrics("mse"));
      var history = model.fit(x, y, f -> f.shuffle(false).epochs(2).verbose(0));
      assertThat(List.copyOf(history.keys())).isEqualTo(golden.at("history").keys());
      for (String key : history.keys()) {
        assertThat(history.get(key)).as(key).hasSize(2);
        for (int i = 0; i < 2; i++) {
          assertThatArray(history.get(key).get(i).floatValue())
              .as("%s %s", key, i)
              .isCloseTo(golden.at("history").floats(key)[i]);
        }
      }
      assertThat(second.iterations()).isEqualTo(golden.integer("iterations"));
      for (int i = 0; i < 2; i++) {
        assertThatArray(model.getWeights().get(i)).isCloseTo(golden.arrays("trained").get(i));
      }
    }
  }

  @Test
  void keepWhatASecondCompileDoesNotName() {
    for (Golden golden : Golden.load("training/compiled_with_less").all()) {
      Golden arguments = golden.at("arguments");
      try (Sequential model = new Sequential(FitCase.layers("line"))) {
        model.compile(c -> c.loss("mse").metrics("mae").weightedMetrics("mape"));
        model.compile(
            c -> {
              if (arguments.has("loss")) {
                c.loss(arguments.text("loss"));
              }
              if (arguments.has("metrics")) {
                c.metrics("mse");
              }
              if (arguments.has("weighted_metrics")) {
                c.weightedMetrics();
              }
            });
        model.setWeights(
            model.getWeights().stream()
                .map(
                    weight ->
                        FloatArrays.wrap(new float[(int) weight.size()], weight.shape().asArray()))
                .toList());
        float[][] three = {{3}, {3}, {3}, {3}};
        Map<String, Double> logs = model.testOnBatch(new float[4][3], three);
        assertThat(logs.keySet())
            .as("%s", arguments.json())
            .containsExactlyElementsOf(
                golden.at("keys").all().stream().map(g -> g.json().textValue()).toList());
        assertThat(logs.get("loss")).isEqualTo(golden.number("loss"));
      }
    }
  }

  @Test
  void comeFromWhateverYieldsThem() {
    Golden golden = Golden.load("training/sources");
    List<Batch> batches =
        golden.all("batches").stream()
            .map(each -> Batch.of(each.array("x"), each.array("y")))
            .toList();
    try (Sequential model = new Sequential(FitCase.layers("recurrent"))) {
      model.compile(c -> c.loss("mse").metrics("mae"));
      model.setWeights(golden.arrays("weights"));
      for (Golden each : golden.all("cases")) {
        Integer steps = each.json().get("steps").isNull() ? null : (int) each.integer("steps");
        Golden logs = each.at("evaluate");
        checkLogs(model.evaluate(batches, e -> some(e, steps)), logs);
        checkLogs(model.evaluate(batches.iterator(), e -> some(e, steps)), logs);
        checkLogs(model.evaluate(batches.stream(), e -> some(e, steps)), logs);
        FloatNdArray predicted = each.array("predict");
        for (Object source : List.of(batches, batches.iterator(), batches.stream())) {
          assertThatArray(model.predict(source, p -> some(p, steps))).isCloseTo(predicted);
        }
      }
    }
  }

  private static void some(EvaluateOptions options, Integer steps) {
    options.verbose(0);
    if (steps != null) {
      options.steps(steps);
    }
  }

  private static void some(PredictOptions options, Integer steps) {
    options.verbose(0);
    if (steps != null) {
      options.steps(steps);
    }
  }

  private static void checkLogs(Map<String, Double> logs, Golden expected) {
    assertThat(List.copyOf(logs.keySet())).as("%s", expected).isEqualTo(expected.keys());
    logs.forEach(
        (name, value) ->
            assertThatArray(value.floatValue())
                .as("%s of %s", name, expected)
                .isCloseTo(expected.floats(name)[0]));
  }
}
