package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class PermuteTest {

  @Test
  void swapsTimestepsAndFeaturesAndDropsTheMask() {
    LayerCheck.of(new Permute(2, 1))
        .golden("layers/permute", "matrix")
        .input(2, 3, 4)
        .outputShape(2, 4, 3)
        .run();
  }

  @Test
  void putsThreeDimensionsIntoAnotherOrder() {
    LayerCheck.of(new Permute(3, 1, 2))
        .golden("layers/permute", "cube")
        .input(2, 3, 4, 2)
        .outputShape(2, 2, 3, 4)
        .run();
  }

  @Test
  void rejectsWhatIsNoPermutation() {
    assertThatThrownBy(() -> new Permute(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Permute: dims must name each dimension of a sample once.
              expected: the numbers 1 to 2 in any order, the batch not counted
              got:      [0, 1]
              fix:      new Permute(2, 1) swaps the two dimensions of a sample""");
  }

  @Test
  void rejectsSamplesOfOtherDimensions() {
    Input input = new Input(Input.shape(5));
    assertThatThrownBy(() -> new Permute(2, 1).name("swap").call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Permute "swap": it wants 3 dimensions.
              expected: (batch, ...) with 2 dimensions after the batch
              got:      (?, 5)
              fix:      name each dimension of the input but the batch in new Permute(...)""");
  }
}
