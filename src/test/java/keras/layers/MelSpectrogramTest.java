package keras.layers;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.models.Sequential;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;

class MelSpectrogramTest {

  @Test
  void refusesASoundThatIsShorterThanItsEnds() {
    assertThatThrownBy(
            () -> new Sequential(new Input(shape(8)), new MelSpectrogram().fftLength(16)).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 8 samples")
        .hasMessageContaining("(?, 8)");
  }

  @Test
  void refusesAShortSoundOfAModelForAnyLength() {
    FloatNdArray sound = NdArrays.ofFloats(Shape.of(1, 8));
    try (Sequential model =
        new Sequential(
            new Input(shape((Integer) null)), new MelSpectrogram().fftLength(16).numMelBins(3))) {
      assertThatThrownBy(() -> model.predict(sound))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("paddings must be less")
          .hasMessageContaining("(1, 8)");
    }
  }

  @Test
  void refusesLengthsThatDoNotGoTogether() {
    assertThatThrownBy(
            () ->
                new Sequential(
                        new Input(shape(64)), new MelSpectrogram().fftLength(16).sequenceLength(17))
                    .close())
        .hasMessageContaining("sequenceLength <= fftLength")
        .hasMessageContaining("17, 16");
    assertThatThrownBy(
            () ->
                new Sequential(
                        new Input(shape(64)), new MelSpectrogram().fftLength(16).window(1, 2, 3))
                    .close())
        .hasMessageContaining("16 weights");
    assertThatThrownBy(() -> new MelSpectrogram().window("blackman"))
        .hasMessageContaining("hann, hamming");
  }
}
