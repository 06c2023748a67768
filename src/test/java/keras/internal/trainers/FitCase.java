package keras.internal.trainers;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.callbacks.Callback;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Layer;
import keras.layers.SimpleRNN;
import keras.layers.UnitNormalization;
import keras.models.CompileOptions;
import keras.models.FitOptions;
import keras.models.Sequential;
import keras.regularizers.L1;
import keras.regularizers.L1L2;
import keras.regularizers.L2;
import keras.testing.Fluent;
import keras.testing.Golden;
import keras.testing.Identifiers;

/** A case of the files that {@code testdata/fit.py} makes: the same calls, the same results. */
final class FitCase {

  private final Golden golden;

  FitCase(Golden golden) {
    this.golden = golden;
  }

  /** The history, the weights and what evaluate gives afterwards are Keras's. */
  void check(Callback... callbacks) {
    try (Sequential model = new Sequential(layers(golden.text("model")))) {
      model.compile(this::compile);
      model.setWeights(golden.arrays("weights"));
      History history =
          model.fit(
              golden.array("x"),
              golden.array("y"),
              f -> fit(f.shuffle(false).verbose(0).callbacks(callbacks), golden.at("fit")));
      checkLogs("history", history.history());
      assertThat(history.epoch()).as("%s", golden).containsExactlyElementsOf(epochs());
      for (int i = 0; i < model.getWeights().size(); i++) {
        assertThatArray(model.getWeights().get(i))
            .as("weight %s of %s", i, golden)
            .isCloseTo(golden.arrays("trained").get(i));
      }
      Map<String, List<Double>> measured = new LinkedHashMap<>();
      model
          .evaluate(golden.array("x"), golden.array("y"), e -> e.batchSize(4).verbose(0))
          .forEach((name, value) -> measured.put(name, List.of(value)));
      checkLogs("evaluate", measured);
    }
  }

  private List<Integer> epochs() {
    return java.util.Arrays.stream(golden.ints("epochs")).boxed().toList();
  }

  private void checkLogs(String key, Map<String, List<Double>> logs) {
    Golden expected = golden.at(key);
    assertThat(List.copyOf(logs.keySet())).as("keys of %s", expected).isEqualTo(expected.keys());
    for (String name : expected.keys()) {
      float[] values = new float[logs.get(name).size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = logs.get(name).get(i).floatValue();
      }
      assertThatArray(values).as("%s of %s", name, expected).isCloseTo(expected.floats(name));
    }
  }

  static Layer<?>[] layers(String model) {
    return switch (model) {
      case "line" -> of(input(3), new Dense(1));
      case "yes_no" -> of(input(3), new Dense(1).activation("sigmoid"));
      case "classes" -> of(input(3), new Dense(4).activation("softmax"));
      case "directions" -> of(input(3), new Dense(4), new UnitNormalization());
      case "recurrent" -> of(input(4, 2), new LSTM(3), new Dense(1));
      case "sequence" -> of(input(4, 2), new LSTM(3).returnSequences(true), new Dense(2));
      case "penalized" ->
          of(
              input(4, 2),
              new LSTM(3)
                  .kernelRegularizer(new L2(0.02))
                  .recurrentRegularizer("l1")
                  .returnSequences(true)
                  .activityRegularizer(new L1(0.03)),
              new SimpleRNN(2).biasRegularizer("l2"),
              new Dense(1)
                  .kernelRegularizer(new L1L2().l1(0.01).l2(0.02))
                  .activityRegularizer("l2"));
      case "constrained" ->
          of(
              input(4, 2),
              new LSTM(3)
                  .kernelConstraint(new keras.constraints.MaxNorm(0.5))
                  .biasConstraint("non_neg"),
              new Dense(1).kernelConstraint("unit_norm"));
      case "frozen" ->
          of(input(4, 2), new LSTM(3).kernelRegularizer("l2").trainable(false), new Dense(1));
      default -> throw new AssertionError(model);
    };
  }

  private static Layer<?>[] of(Layer<?>... layers) {
    return layers;
  }

  private static Input input(Integer... sample) {
    return new Input(Input.shape(sample));
  }

  private void compile(CompileOptions options) {
    Golden optimizer = golden.at("optimizer");
    Identifiers.optimizer(
        options,
        Fluent.make("keras.optimizers", optimizer.text("class"), optimizer.at("arguments")));
    Golden compile = golden.at("compile");
    if (compile.has("loss")) {
      Golden loss = compile.at("loss");
      Identifiers.loss(
          options,
          loss.has("class")
              ? Fluent.make("keras.losses", loss.text("class"), loss.at("arguments"))
              : compile.text("loss"));
    }
    if (compile.has("metrics")) {
      options.metrics(names(compile, "metrics"));
    }
    if (compile.has("weighted_metrics")) {
      options.weightedMetrics(names(compile, "weighted_metrics"));
    }
  }

  private static Object[] names(Golden compile, String key) {
    return compile.all(key).stream().map(each -> each.json().asText()).toArray();
  }

  private static void fit(FitOptions options, Golden arguments) {
    for (String key : arguments.keys()) {
      switch (key) {
        case "epochs" -> options.epochs(integer(arguments, key));
        case "initial_epoch" -> options.initialEpoch(integer(arguments, key));
        case "batch_size" -> options.batchSize(integer(arguments, key));
        case "steps_per_epoch" -> options.stepsPerEpoch(integer(arguments, key));
        case "validation_split" -> options.validationSplit(arguments.number(key));
        case "validation_freq" -> options.validationFreq(integer(arguments, key));
        case "validation_steps" -> options.validationSteps(integer(arguments, key));
        case "validation_batch_size" -> options.validationBatchSize(integer(arguments, key));
        case "sample_weight" -> options.sampleWeight(arguments.array(key));
        case "class_weight" -> options.classWeight(classWeight(arguments.at(key)));
        case "validation_data" -> {
          var data = arguments.arrays(key);
          options.validationData(data.get(0), data.get(1), data.size() > 2 ? data.get(2) : null);
        }
        default -> throw new AssertionError(key);
      }
    }
  }

  private static int integer(Golden arguments, String key) {
    return (int) arguments.integer(key);
  }

  private static Map<Integer, Double> classWeight(Golden weights) {
    Map<Integer, Double> byClass = new HashMap<>();
    weights.keys().forEach(key -> byClass.put(Integer.valueOf(key), weights.number(key)));
    return byClass;
  }
}
