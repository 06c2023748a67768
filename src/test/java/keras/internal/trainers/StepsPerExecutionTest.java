package keras.internal.trainers;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import keras.callbacks.LambdaCallback;
import keras.layers.Dense;
import keras.layers.Input;
import keras.models.Sequential;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the calls of callbacks, for five batches of one sample, with those of Keras 3.15.1. */
class StepsPerExecutionTest {

  private final float[][] x = {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}};
  private final float[][] y = {{1}, {5}, {9}, {13}, {17}};
  private final List<String> told = new ArrayList<>();
  private final LambdaCallback callback =
      new LambdaCallback()
          .onTrainBatchBegin((batch, logs) -> told.add(batch + "-"))
          .onTrainBatchEnd((batch, logs) -> told.add(batch + ""))
          .onTestBatchBegin((batch, logs) -> told.add(batch + "-"))
          .onTestBatchEnd((batch, logs) -> told.add(batch + ""))
          .onPredictBatchBegin((batch, logs) -> told.add(batch + "-"))
          .onPredictBatchEnd((batch, logs) -> told.add(batch + ""));

  private Sequential model(int stepsPerExecution) {
    Utils.setRandomSeed(8);
    Sequential model = new Sequential(new Input(shape(2)), new Dense(1));
    model.compile(
        c -> c.loss("mse").optimizer("sgd").metrics("mae").stepsPerExecution(stepsPerExecution));
    return model;
  }

  @ParameterizedTest
  @CsvSource({"1, 0-0 1-1 2-2 3-3 4-4", "2, 0-1 2-3 4-5", "3, 0-2 3-5", "10, 0-9"})
  void callbacksSeeSoManyBatchesAsOne(int steps, String expected) {
    try (Sequential model = model(steps)) {
      model.fit(x, y, f -> f.batchSize(1).verbose(0).callbacks(callback));
      assertThat(pairs()).isEqualTo(expected);
      model.evaluate(x, y, e -> e.batchSize(1).verbose(0).callbacks(callback));
      assertThat(pairs()).isEqualTo(expected);
      model.predict(x, p -> p.batchSize(1).verbose(0).callbacks(callback));
      assertThat(pairs()).isEqualTo(expected);
    }
  }

  private String pairs() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < told.size(); i += 2) {
      text.append(i == 0 ? "" : " ").append(told.get(i)).append(told.get(i + 1));
    }
    told.clear();
    return text.toString();
  }

  @Test
  void noNumberChanges() {
    try (Sequential one = model(1);
        Sequential three = model(3)) {
      assertThat(three.fit(x, y, f -> f.batchSize(2).epochs(2).verbose(0)).history())
          .isEqualTo(one.fit(x, y, f -> f.batchSize(2).epochs(2).verbose(0)).history());
      assertThat(three.getWeights()).isEqualTo(one.getWeights());
      assertThat(three.evaluate(x, y, e -> e.batchSize(2).verbose(0)))
          .isEqualTo(one.evaluate(x, y, e -> e.batchSize(2).verbose(0)));
      assertThat(three.predict(x, p -> p.batchSize(2).verbose(0)))
          .isEqualTo(one.predict(x, p -> p.batchSize(2).verbose(0)));
    }
  }

  @Test
  void lessThanOneStepIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model(0))
        .withMessageContaining("stepsPerExecution must be a positive number");
  }
}
