package keras.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against Keras on the same logs; see {@code testdata/callbacks.py}. */
class ReduceLROnPlateauTest {

  private static Stream<Golden> cases() {
    return Golden.load("callbacks/reduce_lr").all("cases").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesWhatKerasDoes(Golden golden) {
    List<Map<String, Double>> epochs = ScriptedFit.epochs(golden.at("logs"));
    List<String> warnings =
        Warnings.during(
            () -> {
              ReduceLROnPlateau reduce = configured(golden.at("arguments").json());
              ScriptedFit fit = new ScriptedFit(golden, reduce);
              if (golden.bool("error")) {
                assertThatThrownBy(() -> fit.run(epochs)).hasMessageContaining("up or down");
              } else {
                fit.run(epochs);
                fit.assertAsInKeras();
                assertThat(reduce.best())
                    .isEqualTo(golden.has("best") ? golden.number("best") : null);
              }
            });
    List<String> expected = new ArrayList<>();
    golden.at("warns").json().forEach(each -> expected.add(each.textValue()));
    assertThat(warnings).isEqualTo(expected);
  }

  @Test
  void refusesAFactorThatDoesNotReduce() {
    assertThatThrownBy(() -> new ReduceLROnPlateau().factor(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            ReduceLROnPlateau: a factor of 1 or more does not reduce the learning rate.
              expected: factor below 1
              got:      1.0
              fix:      write .factor(0.1) for a tenth""");
  }

  private static ReduceLROnPlateau configured(JsonNode arguments) {
    ReduceLROnPlateau reduce = new ReduceLROnPlateau();
    arguments
        .properties()
        .forEach(
            argument -> {
              JsonNode value = argument.getValue();
              switch (argument.getKey()) {
                case "monitor" -> reduce.monitor(value.textValue());
                case "mode" -> reduce.mode(value.textValue());
                case "min_delta" -> reduce.minDelta(value.doubleValue());
                case "verbose" -> reduce.verbose(value.intValue());
                case "patience" -> reduce.patience(value.intValue());
                case "factor" -> reduce.factor(value.doubleValue());
                case "cooldown" -> reduce.cooldown(value.intValue());
                case "min_lr" -> reduce.minLr(value.doubleValue());
                default -> throw new AssertionError(argument.getKey());
              }
            });
    return reduce;
  }
}
