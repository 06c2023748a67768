package keras.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {

  @Test
  void keepsTheNumbersOfEveryEpoch() {
    History history = new History();
    history.onTrainBegin(Map.of());
    history.onEpochEnd(4, Map.of("loss", 2.0));
    history.onEpochEnd(5, Map.of("loss", 1.0, "val_loss", 3.0));
    assertThat(history.epoch()).containsExactly(4, 5);
    assertThat(history.history())
        .isEqualTo(Map.of("loss", List.of(2.0, 1.0), "val_loss", List.of(3.0)));
  }

  @Test
  void goesOnWithASecondFitButCountsItsEpochsAlone() {
    History history = new History();
    history.onTrainBegin(Map.of());
    history.onEpochEnd(0, Map.of("loss", 2.0));
    history.onTrainBegin(Map.of());
    history.onEpochEnd(0, Map.of("loss", 1.0));
    assertThat(history.epoch()).containsExactly(0);
    assertThat(history.history().get("loss")).containsExactly(2.0, 1.0);
  }

  @Test
  void givesTheNumbersOfOneName() {
    History history = new History();
    history.onEpochEnd(0, Map.of("loss", 2.0));
    history.onEpochEnd(1, Map.of("loss", 1.0));
    assertThat(history.keys()).containsExactly("loss");
    assertThat(history.get("loss")).containsExactly(2.0, 1.0);
    assertThatThrownBy(() -> history.get("los"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("key of History \"los\" is not known. Did you mean \"loss\"?");
  }

  @Test
  void cannotBeChangedFromOutside() {
    History history = new History();
    assertThatThrownBy(() -> history.history().put("loss", List.of()))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
