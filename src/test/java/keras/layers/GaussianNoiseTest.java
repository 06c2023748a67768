package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class GaussianNoiseTest {

  private static LayerCheck check(Layer<?> layer, String name) {
    return LayerCheck.of(layer).golden("layers/gaussian_noise", name);
  }

  @Test
  void addsTheNoiseThatKerasAddsStepByStep() {
    check(new GaussianNoise(0.4).seed(7), "seed").input(2, 3, 4).outputShape(2, 3, 4).run();
    check(new GaussianNoise(0), "nothing").input(3, 5).outputShape(3, 5).run();
  }

  @Test
  void addsOtherNoiseInEachTimestepOfAWrapper() {
    check(new TimeDistributed(new GaussianNoise(0.4).seed(8)), "in each timestep")
        .input(2, 3, 4)
        .outputShape(2, 3, 4)
        .fixedTime() // the same noise for all timesteps if their number is unknown
        .run();
  }

  @Test
  void rejectsAStddevThatIsNoFraction() {
    assertThatThrownBy(() -> new GaussianNoise(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            GaussianNoise: stddev must be a fraction.
              expected: from 0 to 1
              got:      2.0
              fix:      scale the inputs, and the noise with them""");
  }
}
