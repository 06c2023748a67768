package keras.internal.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import keras.testing.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PhiloxRandomTest {
  private static List<Golden> seeds() {
    return Golden.load("utils/philox").all("cases");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsWhatTensorFlowDraws(Golden tensorflow) {
    PhiloxRandom random = new PhiloxRandom(tensorflow.integer("seed"), tensorflow.integer("seed2"));
    long[] expected = tensorflow.longs("next");

    assertThat(LongStream.generate(random::next).limit(expected.length).toArray())
        .containsExactly(expected);
  }
}
