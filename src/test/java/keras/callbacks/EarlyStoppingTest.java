package keras.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against Keras on the same logs; see {@code testdata/callbacks.py}. */
class EarlyStoppingTest {

  private static Stream<Golden> cases() {
    return Golden.load("callbacks/early_stopping").all("cases").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesWhatKerasDoes(Golden golden) {
    List<Map<String, Double>> epochs = ScriptedFit.epochs(golden.at("logs"));
    List<EarlyStopping> made = new ArrayList<>();
    List<String> warnings =
        Warnings.during(
            () -> {
              made.add(configured(golden.at("arguments").json()));
              ScriptedFit fit = new ScriptedFit(golden, made.get(0));
              if (golden.bool("error")) {
                assertThatThrownBy(() -> fit.run(epochs)).hasMessageContaining("up or down");
              } else {
                fit.run(epochs);
                fit.assertAsInKeras();
              }
            });
    List<String> expected = new ArrayList<>();
    golden.at("warns").json().forEach(each -> expected.add(each.textValue()));
    assertThat(warnings)
        .usingElementComparator((a, b) -> withStop(a).compareTo(withStop(b)))
        .isEqualTo(expected);
    EarlyStopping stopping = made.get(0);
    assertThat(stopping.stoppedEpoch()).isEqualTo((int) golden.integer("stopped_epoch"));
    assertThat(stopping.bestEpoch()).isEqualTo((int) golden.integer("best_epoch"));
    assertThat(stopping.best()).isEqualTo(golden.has("best") ? golden.number("best") : null);
  }

  @Test
  void startsAfreshWithEachFit() {
    EarlyStopping stopping = new EarlyStopping().monitor("loss").patience(1);
    StandInModel model = new StandInModel();
    stopping.setModel(model);
    for (int fit = 0; fit < 2; fit++) {
      model.stopTraining(false);
      stopping.onTrainBegin(Map.of());
      stopping.onEpochEnd(0, Map.of("loss", 1.0 + fit));
      assertThat(model.stopTraining()).isFalse();
      stopping.onEpochEnd(1, Map.of("loss", 1.0 + fit));
      assertThat(model.stopTraining()).isTrue();
    }
  }

  @Test
  void saysHowToTellItWhichWayIsBetter() {
    EarlyStopping stopping = new EarlyStopping().monitor("val_wer");
    stopping.setModel(new StandInModel());
    assertThatThrownBy(() -> stopping.onEpochEnd(0, new LinkedHashMap<>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            EarlyStopping: it is not known whether "val_wer" should go up or down.
              expected: one of accuracy, loss, mae; with validation data also val_accuracy, val_loss, val_mae
              got:      monitor("val_wer") with mode("auto")
              fix:      monitor one of these; for what another callback logs, chain .mode("min") if less is better, mode("max") if more is""");
    assertThatThrownBy(() -> stopping.monitor("val_accuracz").onEpochEnd(0, new LinkedHashMap<>()))
        .hasMessageEndingWith("fix:      monitor(\"val_accuracy\")");
  }

  private static EarlyStopping configured(JsonNode arguments) {
    EarlyStopping stopping = new EarlyStopping();
    arguments
        .properties()
        .forEach(
            argument -> {
              JsonNode value = argument.getValue();
              switch (argument.getKey()) {
                case "monitor" -> stopping.monitor(value.textValue());
                case "mode" -> stopping.mode(value.textValue());
                case "min_delta" -> stopping.minDelta(value.doubleValue());
                case "verbose" -> stopping.verbose(value.intValue());
                case "patience" -> stopping.patience(value.intValue());
                case "baseline" -> stopping.baseline(value.doubleValue());
                case "restore_best_weights" -> stopping.restoreBestWeights(value.booleanValue());
                case "start_from_epoch" -> stopping.startFromEpoch(value.intValue());
                default -> throw new AssertionError(argument.getKey());
              }
            });
    return stopping;
  }

  /** Keras ends this one sentence without a full stop. */
  private static String withStop(String sentence) {
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }
}
