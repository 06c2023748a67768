package keras.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.internal.text.Output;
import keras.testing.Golden;
import org.tensorflow.ndarray.NdArrays;

/** Trains a stand-in model with the logs of a golden file and looks at what came of it. */
final class ScriptedFit {
  private final Golden golden;
  private final StandInModel model = new StandInModel();
  private final StringBuilder printed = new StringBuilder();
  private final List<Boolean> stops = new ArrayList<>();
  private final List<Double> rates = new ArrayList<>();
  private final CallbackList callbacks;

  ScriptedFit(Golden golden, Callback callback) {
    this.golden = golden;
    callbacks = new CallbackList(callback).addHistory(true);
    callbacks.setModel(model);
    callbacks.setOutput(Output.to(printed));
    if (golden.has("rate")) {
      model.learningRate((float) golden.number("rate"));
    }
  }

  /** The loop of {@code fit}; an epoch's weight is its number. */
  void run(List<Map<String, Double>> epochs) {
    callbacks.onTrainBegin(Map.of());
    for (int epoch = 0; epoch < epochs.size() && !model.stopTraining(); epoch++) {
      callbacks.onEpochBegin(epoch, Map.of());
      model.setWeights(List.of(NdArrays.vectorOf((float) epoch)));
      callbacks.onEpochEnd(epoch, epochs.get(epoch));
      stops.add(model.stopTraining());
      rates.add((double) model.learningRate());
    }
    callbacks.onTrainEnd(epochs.get(stops.size() - 1));
  }

  void assertAsInKeras() {
    assertThat(printed.toString()).as("%s prints", golden).isEqualTo(golden.text("prints"));
    assertThat(stops).as("%s stops", golden).isEqualTo(booleans(golden.at("trace").at("stop")));
    assertThat(rates)
        .as("%s learning rates", golden)
        .isEqualTo(numbers(golden.at("trace").at("learning_rate").json()));
    assertThat(model.getWeights().get(0).getFloat(0))
        .as("%s weight", golden)
        .isEqualTo((float) golden.number("weight"));
    History history = callbacks.history();
    assertThat(List.copyOf(history.history().keySet())).isEqualTo(golden.at("history").keys());
    history
        .history()
        .forEach(
            (name, values) ->
                assertThat(values)
                    .as("%s history of %s", golden, name)
                    .isEqualTo(numbers(golden.at("history").at(name).json())));
  }

  /** Lists of numbers by name, null where an epoch has none, as the logs of each epoch. */
  static List<Map<String, Double>> epochs(Golden logs) {
    List<Map<String, Double>> epochs = new ArrayList<>();
    for (String name : logs.keys()) {
      List<Double> values = numbers(logs.at(name).json());
      for (int epoch = 0; epoch < values.size(); epoch++) {
        if (epochs.size() == epoch) {
          epochs.add(new LinkedHashMap<>());
        }
        if (values.get(epoch) != null) {
          epochs.get(epoch).put(name, values.get(epoch));
        }
      }
    }
    return epochs;
  }

  static List<Double> numbers(JsonNode list) {
    List<Double> numbers = new ArrayList<>();
    list.forEach(each -> numbers.add(each.isNull() ? null : Double.valueOf(each.doubleValue())));
    return numbers;
  }

  private static List<Boolean> booleans(Golden list) {
    List<Boolean> values = new ArrayList<>();
    list.json().forEach(each -> values.add(each.booleanValue()));
    return values;
  }
}
