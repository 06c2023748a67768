package keras.internal.trainers;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import keras.callbacks.History;
import keras.layers.Activation;
import keras.layers.Dense;
import keras.layers.Dropout;
import keras.layers.Input;
import keras.layers.Layer;
import keras.models.Sequential;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;

/** Models that have no weights to train are measured all the same, and run. */
class NothingToTrainTest {

  @Test
  void logsWhatKerasLogs() {
    Golden golden = Golden.load("training/frozen");
    for (String name : golden.at("cases").keys()) {
      Golden each = golden.at("cases").at(name);
      try (Sequential model = new Sequential(new Input(Input.shape(3)))) {
        ending(name).forEach(model::add);
        model.compile(c -> c.optimizer("adam").loss("mse").metrics("mae"));
        model.setWeights(each.arrays("weights"));
        History history =
            model.fit(
                golden.array("x"), golden.array("y"), f -> f.epochs(2).shuffle(false).verbose(0));
        assertThat(List.copyOf(history.keys())).isEqualTo(each.at("history").keys());
        for (String key : history.keys()) {
          float[] expected = each.at("history").floats(key);
          for (int i = 0; i < 2; i++) {
            assertThatArray(history.get(key).get(i).floatValue())
                .as("%s of %s", key, name)
                .isCloseTo(expected[i]);
          }
        }
        assertThat(model.optimizer().iterations()).isEqualTo(each.integer("iterations"));
      }
    }
  }

  private static List<Layer<?>> ending(String name) {
    return switch (name) {
      case "frozen" -> List.of(new Dense(3).trainable(false));
      case "without weights" -> List.of(new Activation("tanh"));
      case "without layers" -> List.of();
      default -> throw new AssertionError(name);
    };
  }

  @Test
  void predictsItsInputWhereNoLayerChangesIt() {
    float[][] x = {{1, 2, 3}, {4, 5, 6}};
    for (List<Layer<?>> ending :
        List.of(List.<Layer<?>>of(), List.<Layer<?>>of(new Dropout(0.5)))) {
      try (Sequential model = new Sequential(new Input(Input.shape(3)))) {
        ending.forEach(model::add);
        assertThatArray(model.predict(x, p -> p.verbose(0))).isCloseTo(FloatArrays.of(x, "x"));
        assertThatArray(model.predictOnBatch(x)).isCloseTo(FloatArrays.of(x, "x"));
      }
    }
  }
}
