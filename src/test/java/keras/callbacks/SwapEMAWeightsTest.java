package keras.callbacks;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.layers.Dense;
import keras.layers.Input;
import keras.models.Sequential;
import keras.optimizers.SGD;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;

class SwapEMAWeightsTest {

  private static final Golden GOLDEN = Golden.load("callbacks/swap_ema");

  private static Sequential model(SGD optimizer) {
    Sequential model = new Sequential(new Input(shape(3)), new Dense(1).useBias(false));
    model.setWeights(List.of(GOLDEN.array("start")));
    model.compile(c -> c.loss("mse").optimizer(optimizer));
    return model;
  }

  private static void assertLosses(List<Double> found, float[] expected) {
    float[] losses = new float[found.size()];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = found.get(i).floatValue();
    }
    assertThatArray(losses).isCloseTo(expected);
  }

  @Test
  void testsWithTheAveragesAsKerasDoes() {
    FloatNdArray x = GOLDEN.array("x");
    FloatNdArray y = GOLDEN.array("y");
    int[] few = {0, 1, 2, 3, 4};
    for (Golden each : GOLDEN.all("cases")) {
      try (Sequential model = model(new SGD(0.2).useEma(true).emaMomentum(0.8))) {
        List<FloatNdArray> between = new ArrayList<>();
        Callback after =
            new Callback() {
              @Override
              public void onEpochEnd(int epoch, Map<String, Double> logs) {
                between.add(model().getWeights().get(0));
              }
            };
        Callback swap = new SwapEMAWeights().swapOnEpoch(each.bool("swap_on_epoch"));
        History history =
            model.fit(
                x,
                y,
                f ->
                    f.epochs(3)
                        .batchSize(4)
                        .shuffle(false)
                        .verbose(0)
                        .validationData(FloatArrays.gather(x, few), FloatArrays.gather(y, few))
                        .callbacks(swap, after));
        assertLosses(history.get("loss"), each.floats("loss"));
        assertLosses(history.get("val_loss"), each.floats("val_loss"));
        for (int i = 0; i < 3; i++) {
          assertThatArray(between.get(i)).isCloseTo(each.arrays("between").get(i));
        }
        assertThatArray(model.getWeights().get(0)).isCloseTo(each.array("trained"));
        double loss =
            model.evaluate(x, y, e -> e.verbose(0).callbacks(new SwapEMAWeights())).get("loss");
        assertThat(loss).isCloseTo(each.number("evaluated"), within(1e-6));
        assertThatArray(model.getWeights().get(0)).isCloseTo(each.array("afterwards"));
      }
    }
  }

  @Test
  void bringsTheWeightsBackAfterPredictions() {
    try (Sequential model = model(new SGD(0.2).useEma(true).emaMomentum(0.8))) {
      model.fit(GOLDEN.array("x"), GOLDEN.array("y"), f -> f.epochs(1).verbose(0));
      model.trainOnBatch(GOLDEN.array("x"), GOLDEN.array("y"));
      float[] before = FloatArrays.values(model.getWeights().get(0));
      float[] plain = FloatArrays.values(model.predict(GOLDEN.array("x"), p -> p.verbose(0)));
      float[] swapped =
          FloatArrays.values(
              model.predict(GOLDEN.array("x"), p -> p.verbose(0).callbacks(new SwapEMAWeights())));
      assertThat(Arrays.equals(plain, swapped)).isFalse();
      assertThat(FloatArrays.values(model.getWeights().get(0))).containsExactly(before);
    }
  }

  @Test
  void needsAnOptimizerWithAverages() {
    try (Sequential model = model(new SGD(0.2))) {
      assertThatThrownBy(
              () ->
                  model.fit(
                      GOLDEN.array("x"),
                      GOLDEN.array("y"),
                      f -> f.verbose(0).validationSplit(0.5).callbacks(new SwapEMAWeights())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("useEma(true)");
    }
  }
}
