package keras.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimeSeriesSplitTest {

  private static List<Golden> cases() {
    return Golden.load("helpers/splits").all("cases");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void cutsAsScikitLearnDoes(Golden expected) {
    TimeSeriesSplit split = new TimeSeriesSplit((int) expected.integer("splits"));
    Golden arguments = expected.at("arguments");
    if (arguments.has("gap")) {
      split.gap((int) arguments.integer("gap"));
    }
    if (arguments.has("test_size")) {
      split.testSize((int) arguments.integer("test_size"));
    }
    if (arguments.has("max_train_size")) {
      split.maxTrainSize((int) arguments.integer("max_train_size"));
    }

    List<TimeSeriesSplit.Fold> folds = split.split((int) expected.integer("rows"));

    List<Golden> wanted = expected.all("folds");
    assertThat(folds).hasSameSizeAs(wanted);
    for (int i = 0; i < folds.size(); i++) {
      assertThat(folds.get(i).train()).containsExactly(wanted.get(i).ints("train"));
      assertThat(folds.get(i).test()).containsExactly(wanted.get(i).ints("test"));
    }
  }

  @Test
  void refusesTooFewRows() {
    assertThatThrownBy(() -> new TimeSeriesSplit(5).split(5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 rows, 5 splits");
    assertThatThrownBy(() -> new TimeSeriesSplit(2).gap(Integer.MAX_VALUE).split(9))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TimeSeriesSplit(1)).hasMessageContaining("2 or more");
  }
}
