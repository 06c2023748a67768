package keras.internal.trainers;

import java.util.List;
import java.util.stream.Stream;
import keras.callbacks.EarlyStopping;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the effects of the arguments of fit and evaluate with Keras's. */
class FitTest {

  static Stream<Arguments> cases() {
    return Stream.of(
            "fit/arguments",
            "fit/weights",
            "fit/losses",
            "fit/parts",
            "training/reductions",
            "training/crossentropies",
            "training/whole_batches")
        .flatMap(
            file -> {
              Golden golden = Golden.load(file);
              List<String> names = golden.keys();
              return names.stream().map(name -> Arguments.of(file, name, golden.at(name)));
            });
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void equalsKeras(String file, String name, Golden golden) {
    new FitCase(golden).check();
  }

  @Test
  void restoresTheBestWeightsWhenStoppedEarly() {
    new FitCase(Golden.load("fit/early_stopping").at("early stopping"))
        .check(
            new EarlyStopping()
                .monitor("val_loss")
                .patience(2)
                .restoreBestWeights(true)
                .startFromEpoch(1));
  }
}
