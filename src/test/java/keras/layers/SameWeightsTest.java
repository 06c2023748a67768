package keras.layers;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keras.callbacks.LambdaCallback;
import keras.models.Model;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Sets the weights of each kind of layer in another thread, between the batches of a prediction.
 */
class SameWeightsTest {

  @TestFactory
  Stream<DynamicTest> seesTheWeightsOfTheFirstBatchUntilTheLast() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : LayerCase.files()) {
      Golden cases = Golden.load("layers/" + file).at("cases");
      for (String name : cases.sample()) {
        tests.add(DynamicTest.dynamicTest(file + ": " + name, () -> check(file, cases.at(name))));
      }
    }
    assertThat(tests).isNotEmpty();
    // A third of the sample in every build, all with mvn -P golden.
    int every = Integer.getInteger("golden.share", 3);
    return IntStream.iterate(0, i -> i < tests.size(), i -> i + every).mapToObj(tests::get);
  }

  private static void check(String file, Golden golden) {
    try (LayerCase one = new LayerCase(golden, file, true)) {
      Model model = one.model();
      List<FloatNdArray> twice =
          one.given().stream().map(each -> FloatArrays.concatenate(List.of(each, each))).toList();
      List<FloatNdArray> before = predicted(model, twice, () -> {});
      List<FloatNdArray> weights = model.getWeights();
      List<FloatNdArray> others =
          weights.stream()
              .map(each -> FloatArrays.wrap(new float[(int) each.size()], FloatArrays.shape(each)))
              .toList();
      List<FloatNdArray> beside =
          predicted(model, twice, () -> elsewhere(() -> model.setWeights(others)));
      assertThat(model.getWeights().stream().map(FloatArrays::values))
          .allMatch(SameWeightsTest::isZero);
      for (int i = 0; i < before.size(); i++) {
        assertThatArray(beside.get(i)).isCloseTo(before.get(i));
      }
    }
  }

  private static boolean isZero(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static void elsewhere(Runnable work) {
    CompletableFuture.runAsync(work).join();
  }

  /**
   * Predicts two batches that are alike, from states of zero, and does something after the first.
   */
  private static List<FloatNdArray> predicted(
      Model model, List<FloatNdArray> twice, Runnable work) {
    model.resetStates();
    int rows = (int) twice.get(0).shape().get(0) / 2;
    LambdaCallback between =
        new LambdaCallback()
            .onPredictBatchEnd(
                (batch, logs) -> {
                  if (batch == 0) {
                    work.run();
                  }
                });
    Object x = twice.size() == 1 ? twice.get(0) : twice;
    return model.predictAll(x, p -> p.batchSize(rows).verbose(0).callbacks(between));
  }
}
