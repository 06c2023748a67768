package keras.layers;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.models.Model;
import keras.ops.Ops;
import org.junit.jupiter.api.Test;

/** Arguments that real Keras does not take on a CPU; EveryLayerTest has the rest. */
class STFTSpectrogramTest {

  private static final float[][][] SIGNALS = {
    {{1, 0}, {2, 1}, {-1, 3}, {0, -2}, {1, 1}, {3, 0}, {-2, 1}, {1, 2}, {0, 1}}
  };

  private static STFTSpectrogram spectrogram() {
    return new STFTSpectrogram().mode("stft").frameLength(4).frameStep(3).window("hamming");
  }

  @Test
  void givesTheSameWithChannelsFirst() {
    for (boolean expanded : new boolean[] {false, true}) {
      KerasTensor x = new Input(shape(9, 2)).tensor();
      KerasTensor last = spectrogram().expandDims(expanded).call(x);
      KerasTensor turned =
          spectrogram()
              .expandDims(expanded)
              .dataFormat("channels_first")
              .call(new Permute(2, 1).call(x));
      KerasTensor back =
          expanded ? new Permute(2, 3, 1).call(turned) : new Permute(2, 1).call(turned);
      try (Model one = new Model(x, last);
          Model other = new Model(x, back)) {
        assertThatArray(other.predict(SIGNALS, p -> p.verbose(0)))
            .isCloseTo(one.predict(SIGNALS, p -> p.verbose(0)));
      }
    }
  }

  @Test
  void refusesLengthsThatDoNotGoWithEachOther() {
    KerasTensor x = new Input(shape(9, 2)).tensor();
    assertThatThrownBy(() -> spectrogram().frameStep(5).call(x))
        .hasMessageContaining("its lengths do not go with each other")
        .hasMessageContaining("5, 4, 4");
    assertThatThrownBy(() -> spectrogram().fftLength(2).call(x))
        .hasMessageContaining("frameStep <= frameLength <= fftLength");
    assertThatThrownBy(() -> spectrogram().call(Ops.mean(x, 2)))
        .hasMessageContaining("(batch, timesteps, channels)");
  }
}
