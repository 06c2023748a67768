package keras.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

class SamplerTest {

  private static final Golden NUMPY = Golden.load("helpers/draws");

  private static long[] longs(int[] values) {
    return IntStream.of(values).asLongStream().toArray();
  }

  private static List<Golden> cases() {
    return NUMPY.all("cases");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsAsNumpyDoes(Golden expected) {
    Golden arguments = expected.at("arguments");
    Sampler sampler = new Sampler().seed(expected.integer("seed"));
    if (arguments.has("temperature")) {
      sampler.temperature(arguments.number("temperature"));
    }
    if (arguments.has("top_k")) {
      sampler.topK((int) arguments.integer("top_k"));
    }
    if (arguments.has("top_p")) {
      sampler.topP(arguments.number("top_p"));
    }
    float[] probabilities = expected.floats("probabilities");

    int[] wanted = expected.ints("drawn");
    assertThat(IntStream.range(0, wanted.length).map(i -> sampler.sample(probabilities)).toArray())
        .containsExactly(wanted);
  }

  @Test
  void goesOnWithTheGeneratorOfTheProcess() {
    NumpyRandom.shared().seed(3);
    int first = new Sampler().sample(0.2f, 0.3f, 0.5f);
    double next = NumpyRandom.shared().rand(1)[0];
    NumpyRandom.shared().seed(3);
    double drawn = NumpyRandom.shared().rand(1)[0];
    assertThat(first).isEqualTo(drawn < 0.2 ? 0 : drawn < 0.5 ? 1 : 2);
    assertThat(NumpyRandom.shared().rand(1)[0]).isEqualTo(next);
  }

  @Test
  void drawsTheMostProbableWhereItIsCold() {
    Sampler cold = new Sampler().temperature(1e-12);
    assertThat(cold.sample(0.3f, 0.4f, 0.299f)).isEqualTo(1);
  }

  @Test
  void refusesWhatAreNoProbabilities() {
    Sampler sampler = new Sampler();
    assertThatThrownBy(() -> sampler.sample(0.5f, -0.1f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-0.1 for class 1");
    assertThatThrownBy(() -> sampler.sample(0, 0)).hasMessageContaining("none of them possible");
    assertThatThrownBy(() -> sampler.sample(Float.NaN)).hasMessageContaining("NaN for class 0");
    assertThatThrownBy(() -> sampler.temperature(0)).hasMessageContaining("more than 0");
    assertThatThrownBy(() -> sampler.topP(1.5)).hasMessageContaining("at most 1");
  }

  @Test
  void placesOfTheGreatestAreNumpys() {
    FloatNdArray x = NUMPY.array("x");

    assertThat(FloatArrays.argmax(x)).isEqualTo((int) NUMPY.integer("argmax"));
    for (int axis = 0; axis < 3; axis++) {
      long[] wanted = NUMPY.all("argmax_axis").get(axis).longs();
      assertThat(longs(FloatArrays.argmax(x, axis))).containsExactly(wanted);
      assertThat(longs(FloatArrays.argmax(x, axis - 3))).containsExactly(wanted);
    }
    assertThatThrownBy(() -> FloatArrays.argmax(x, 3)).hasMessageContaining("no such axis");
    assertThatThrownBy(() -> FloatArrays.argmax(FloatArrays.wrap(new float[0], 2, 0), -1))
        .hasMessageContaining("no greatest of no numbers");
  }
}
