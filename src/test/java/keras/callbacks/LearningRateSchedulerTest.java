package keras.callbacks;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.testing.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against Keras with the same schedules; see {@code testdata/callbacks.py}. */
class LearningRateSchedulerTest {
  private static final Map<String, LearningRateScheduler> SCHEDULERS =
      Map.of(
          "halve",
          new LearningRateScheduler((epoch, rate) -> epoch < 2 ? rate : rate * 0.5),
          "decay",
          new LearningRateScheduler((epoch, rate) -> rate * 0.9),
          "tiny",
          new LearningRateScheduler(epoch -> Math.pow(10, -(3 * epoch))));

  private static Stream<Golden> cases() {
    return Golden.load("callbacks/scheduler").all("cases").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesWhatKerasDoes(Golden golden) {
    LearningRateScheduler scheduler = SCHEDULERS.get(golden.text("schedule")).verbose(1);
    ScriptedFit fit = new ScriptedFit(golden, scheduler);
    List<Double> accuracies = List.of(0.5, 0.25, 0.125, 0.0);
    fit.run(accuracies.stream().map(each -> Map.of("loss", 1.0, "accuracy", each)).toList());
    fit.assertAsInKeras();
  }
}
