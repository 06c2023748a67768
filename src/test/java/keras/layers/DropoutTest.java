package keras.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.random.GlobalSeed;
import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class DropoutTest {

  private static LayerCheck check(Dropout layer, String name) {
    return LayerCheck.of(layer).golden("layers/dropout", name);
  }

  @Test
  void dropsWhatKerasDropsStepByStep() {
    check(new Dropout(0.4).seed(7), "seed").input(3, 5).outputShape(3, 5).run();
    check(new Dropout(0.6).seed(Integer.MAX_VALUE), "large seed")
        .input(3, 5)
        .outputShape(3, 5)
        .run();
  }

  @Test
  void passesAMaskOn() {
    check(new Dropout(0.3).seed(-8), "timesteps").input(2, 3, 4).outputShape(2, 3, 4).run();
  }

  @Test
  void dropsTheSameAlongDimensionsOfOne() {
    check(new Dropout(0.4).noiseShape(null, 1, 6).seed(9), "the same in each timestep")
        .input(3, 3, 6)
        .outputShape(3, 3, 6)
        .run();
    check(new Dropout(0.4).noiseShape(1, 3, null).seed(10), "the same in each sample")
        .input(3, 3, 4)
        .outputShape(3, 3, 4)
        .fixedTime() // its noise shape names the number of timesteps
        .run();
    check(new Dropout(0.4).noiseShape(3, 3, 1).seed(11), "batch in the noise shape")
        .input(3, 3, 4)
        .outputShape(3, 3, 4)
        .fixedTime() // its noise shape names the number of timesteps
        .run();
  }

  @Test
  void dropsNothingOrEverything() {
    check(new Dropout(0).seed(12), "nothing").input(3, 4).outputShape(3, 4).run();
    check(new Dropout(1).seed(13), "everything").input(3, 4).outputShape(3, 4).run();
  }

  @Test
  void drawsTheSeedThatItWasNotGivenWhenItIsFirstUsed() {
    GlobalSeed.set(42);
    try {
      Dropout first = new Dropout(0.5);
      Dropout second = new Dropout(0.5);
      Dropout idle = new Dropout(0);
      Dropout third = new Dropout(0.5);
      for (Dropout layer : new Dropout[] {first, second, idle, third}) {
        layer.call(new Input(Input.shape(3)).tensor());
      }
      // random.seed(42); [random.randint(1, 10**9) for _ in range(3)]
      assertThat(first.seedStates().get(0).longs()).containsExactly(686579304, 0);
      assertThat(second.seedStates().get(0).longs()).containsExactly(119540832, 0);
      assertThat(third.seedStates().get(0).longs()).containsExactly(26855093, 0);
      assertThat(idle.seedStates()).isEmpty();
    } finally {
      GlobalSeed.unset();
    }
  }

  @Test
  void rejectsARateThatIsNoFraction() {
    assertThatThrownBy(() -> new Dropout(20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Dropout: rate must be a fraction.
              expected: from 0 to 1
              got:      20.0
              fix:      rate(0.2) drops a fifth""");
  }

  @Test
  void rejectsANoiseShapeThatDoesNotFit() {
    assertThatThrownBy(() -> new Dropout(0.2).noiseShape(null, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Dropout.noiseShape: a dimension must be a positive number, or null.
              expected: at least 1, or null for the input's own size
              got:      [null, 0]
              fix:      noiseShape(null, 1, 16) drops the same of 16 features in each timestep""");
    Input input = new Input(Input.shape(5, 3));
    assertThatThrownBy(() -> new Dropout(0.2).noiseShape(null, 2, 3).name("d").call(input.tensor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Dropout "d": noiseShape does not fit the input.
              expected: for each dimension of the input its size, null or 1
              got:      (?, 5, 3)
              fix:      noiseShape has [null, 2, 3]; change it, or the input""");
  }
}
