package keras.callbacks;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import keras.layers.Dense;
import keras.layers.Input;
import keras.models.Sequential;
import org.junit.jupiter.api.Test;

class RunObserverTest {

  private static final float[][] X = {{1, 2}, {3, 4}, {5, 6}};
  private static final float[][] Y = {{1}, {2}, {3}};

  private static Sequential model() {
    Sequential model = new Sequential(new Input(shape(2)), new Dense(1));
    model.compile(c -> c.loss("mse").optimizer("sgd"));
    return model;
  }

  @Test
  void isToldOfEachRunByTheCallTheSamplesAndTheTime() {
    List<RunObserver.Run> runs = new ArrayList<>();
    try (Sequential model = model()) {
      model.observeRuns(runs::add);
      model.predictOnBatch(X);
      model.trainOnBatch(X, Y);
      model.fit(X, Y, f -> f.batchSize(2).verbose(0));
      model.observeRuns(null);
      model.predictOnBatch(X);
    }
    assertThat(runs)
        .extracting(RunObserver.Run::call, RunObserver.Run::samples)
        .containsExactly(
            tuple("predictOnBatch", 3), tuple("trainOnBatch", 3), tuple("fit", 2), tuple("fit", 1));
    assertThat(runs).allMatch(run -> run.nanoseconds() > 0);
  }

  @Test
  void doesNotDisturbTheModelWhenItFails() {
    try (Sequential model = model()) {
      model.observeRuns(
          run -> {
            throw new IllegalStateException("no registry");
          });
      assertThat(model.predictOnBatch(X).shape().get(0)).isEqualTo(3);
    }
  }
}
