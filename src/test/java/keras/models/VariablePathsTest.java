package keras.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keras.backend.Variable;
import keras.layers.Dense;
import keras.optimizers.Adam;
import keras.optimizers.MultiOptimizer;
import keras.optimizers.OptimizerMap;
import keras.optimizers.SGD;
import keras.testing.Golden;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;

/** Holds the paths of weights against those that Keras gives them; see testdata/paths.py. */
class VariablePathsTest {

  @Test
  void namesTheLayersThatAWeightIsIn() {
    for (Golden each : Golden.load("paths/weights").all("cases")) {
      List<String> paths = new ArrayList<>();
      each.json().get("paths").forEach(path -> paths.add(path.asText()));
      try (Model model = Models.modelFromJson(each.text("json"))) {
        assertThat(model.weights())
            .as(each.text("json"))
            .extracting(Variable::path)
            .isEqualTo(paths);
      }
    }
  }

  @Test
  void choosesTheOptimizerOfAModelsWeights() {
    Utils.setRandomSeed(3);
    Sequential model =
        new Sequential()
            .add(new Dense(2).name("first").inputShape(3))
            .add(new Dense(1).name("last"));
    OptimizerMap map = new OptimizerMap(new SGD(0)).put(".*first/.*", new Adam(0.1));
    model.compile(c -> c.loss("mse").optimizer(new MultiOptimizer(map)));
    try (model) {
      float[] last = model.weights().get(2).floats();
      float[] first = model.weights().get(0).floats();
      Map<String, Double> before = model.trainOnBatch(new float[2][3], new float[][] {{1}, {2}});
      model.trainOnBatch(new float[][] {{1, 2, 3}, {4, 5, 6}}, new float[][] {{1}, {2}});
      assertThat(before).containsKey("loss");
      assertThat(model.weights().get(2).floats()).isEqualTo(last);
      assertThat(model.weights().get(0).floats()).isNotEqualTo(first);
    }
  }
}
