package keras.internal.trainers;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import keras.callbacks.Callback;
import keras.callbacks.History;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.models.Sequential;
import keras.optimizers.SGD;
import keras.testing.Golden;
import keras.utils.Batch;
import keras.utils.Sequence;
import keras.utils.TimeseriesGenerator;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Batches that run out, that a model is built from, and that do not go together. */
class YieldedBatchesTest {

  @Test
  void startAnewWithTheFirstTwoOnceTheyRanOut() {
    for (Golden golden : Golden.load("training/dry").all()) {
      Integer steps = golden.json().get("steps").isNull() ? null : (int) golden.integer("steps");
      try (Sequential model = new Sequential(FitCase.layers("line"))) {
        model.compile(c -> c.optimizer(new SGD().learningRate(0.05)).loss("mse").metrics("mae"));
        model.setWeights(golden.arrays("weights"));
        History history =
            model.fit(
                batches(golden, "batches").iterator(),
                f -> {
                  f.epochs((int) golden.integer("epochs")).verbose(0);
                  if (steps != null) {
                    f.stepsPerEpoch(steps);
                  } else {
                    f.validationData(batches(golden, "held").stream());
                  }
                });
        Golden expected = golden.at("history");
        assertThat(List.copyOf(history.keys())).isEqualTo(expected.keys());
        for (String key : history.keys()) {
          float[] values = expected.floats(key);
          assertThat(history.get(key)).as(key).hasSize(values.length);
          for (int i = 0; i < values.length; i++) {
            assertThatArray(history.get(key).get(i).floatValue())
                .as("%s of epoch %s of %s", key, i, golden)
                .isCloseTo(values[i]);
          }
        }
      }
    }
  }

  private static List<Batch> batches(Golden golden, String key) {
    return golden.all(key).stream()
        .map(each -> Batch.of(each.array("x"), each.array("y")))
        .toList();
  }

  private static final List<Batch> TWO =
      List.of(
          Batch.of(new float[][][] {{{1}, {2}}, {{3}, {1}}}, new float[][] {{1}, {0}}),
          Batch.of(new float[][][] {{{5}, {2}}, {{0}, {4}}}, new float[][] {{2}, {1}}));

  private static final Sequence SEQUENCE =
      new Sequence() {
        @Override
        public int length() {
          return 2;
        }

        @Override
        public Batch getItem(int index) {
          return TWO.get(index);
        }
      };

  /** Results of a model that starts with the same weights each time. */
  private static <T> T seeded(boolean known, Function<Sequential, T> use) {
    Utils.setRandomSeed(7);
    try (Sequential model = new Sequential()) {
      if (known) {
        model.add(new Input(Input.shape(2, 1)));
      }
      model.add(new LSTM(3)).add(new Dense(1));
      model.compile(c -> c.loss("mse").optimizer("sgd"));
      return use.apply(model);
    }
  }

  @Test
  void buildAModelWithoutInputAndAreTrainedOnAll() {
    Map<String, List<Double>> expected = seeded(true, model -> model.fit(TWO).history());
    List<Function<Sequential, History>> others =
        List.of(
            model -> model.fit(TWO),
            model -> model.fit(TWO.iterator()),
            model -> model.fit(TWO.stream()),
            model -> model.fit(SEQUENCE, f -> f.shuffle(false)));
    for (Function<Sequential, History> fit : others) {
      assertThat((Object) seeded(false, model -> fit.apply(model).history())).isEqualTo(expected);
    }
    TimeseriesGenerator windows =
        new TimeseriesGenerator(new double[][] {{1}, {2}, {3}, {5}}, new double[] {1, 2, 3, 4}, 2);
    assertThat((Object) seeded(false, model -> model.fit(windows).history()))
        .isEqualTo(seeded(true, model -> model.fit(windows).history()));
  }

  @Test
  void buildAModelWithoutInputThatMeasuresAndPredicts() {
    Map<String, Double> expected = seeded(true, model -> model.evaluate(TWO));
    assertThat((Object) seeded(false, model -> model.evaluate(TWO))).isEqualTo(expected);
    assertThat((Object) seeded(false, model -> model.evaluate(TWO.iterator()))).isEqualTo(expected);
    assertThat((Object) seeded(false, model -> model.evaluate(TWO.stream()))).isEqualTo(expected);
    var predicted = seeded(true, model -> model.predict(TWO));
    assertThat((Object) seeded(false, model -> model.predict(TWO.stream()))).isEqualTo(predicted);
  }

  @Test
  void giveAStatefulModelTheirSize() {
    float[][][] x = new float[8][2][1];
    float[][] y = new float[8][1];
    Map<Integer, Function<Sequential, Object>> uses =
        Map.of(
            2, model -> model.fit(x, y, f -> f.batchSize(2).verbose(0)),
            4, model -> model.fit(x, y, f -> f.validationSplit(0.5).verbose(0)),
            8, model -> model.predict(x, p -> p.verbose(0)),
            40, model -> model.fit(List.of(Batch.of(new float[40][2][1], new float[40][1]))));
    uses.forEach(
        (size, use) -> {
          try (Sequential model = new Sequential(new LSTM(2).stateful(true), new Dense(1))) {
            model.compile(c -> c.loss("mse"));
            assertThat(use.apply(model)).isNotNull();
            assertThat(model.inputShape()).isEqualTo(Shape.of(size, 2, 1));
          }
        });
  }

  @Test
  void areRefusedWhereTheirOutputsCannotBecomeOneArray() {
    try (Sequential model =
        new Sequential(new Input(Input.shape(null, 1)), new LSTM(2).returnSequences(true))) {
      List<Batch> lengths = List.of(Batch.of(new float[1][3][1]), Batch.of(new float[2][5][1]));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.predict(lengths, p -> p.verbose(0)))
          .withMessage(
              """
              predict: outputs of different shapes cannot become one array.
                expected: (?, 3, 2)
                got:      (2, 5, 2)
                fix:      call predict or predictOnBatch for each length alone, or pad all to one \
              length""");
    }
  }

  @Test
  void areNotSplit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> seeded(true, model -> model.fit(TWO, f -> f.validationSplit(0.25))))
        .withMessage(
            """
            fit: validationSplit cannot be used when x yields batches.
              expected: arrays, whose last samples can be kept back
              got:      validationSplit(0.25)
              fix:      give validationData(batches) with batches of their own""");
  }

  @Test
  void endAfterTheOneInWhichTrainingIsStopped() {
    List<Integer> seen = new ArrayList<>();
    Callback stopping =
        new Callback() {
          @Override
          public void onEpochBegin(int epoch, Map<String, Double> logs) {
            model().stopTraining(true);
          }

          @Override
          public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
            seen.add(batch);
          }
        };
    History history =
        seeded(
            true,
            model ->
                model.fit(
                    Stream.of(TWO.get(0), TWO.get(1)),
                    f -> f.epochs(3).callbacks(stopping).verbose(0)));
    assertThat(seen).containsExactly(0);
    assertThat(history.epoch()).containsExactly(0);
  }
}
