package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class RepeatVectorTest {

  @Test
  void makesASequenceOfTheSameVector() {
    LayerCheck.of(new RepeatVector(3))
        .golden("layers/repeat_vector", "three times")
        .input(2, 4)
        .outputShape(2, 3, 4)
        .run();
  }

  @Test
  void makesASingleTimestep() {
    LayerCheck.of(new RepeatVector(1))
        .golden("layers/repeat_vector", "once")
        .input(2, 4)
        .outputShape(2, 1, 4)
        .run();
  }

  @Test
  void rejectsToRepeatZeroTimes() {
    assertThatThrownBy(() -> new RepeatVector(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            RepeatVector: n must be a positive number.
              expected: at least 1
              got:      0
              fix:      give n a value of 1 or more""");
  }

  @Test
  void rejectsSequences() {
    Input input = new Input(Input.shape(5, 3));
    assertThatThrownBy(() -> new RepeatVector(2).name("bridge").call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            RepeatVector "bridge": it wants 2 dimensions.
              expected: (batch, features)
              got:      (?, 5, 3)
              fix:      a recurrent layer before it must give its last output only: \
            returnSequences(false)""");
  }
}
