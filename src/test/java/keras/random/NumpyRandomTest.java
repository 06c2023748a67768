package keras.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NumpyRandomTest {
  private static List<Golden> seeds() {
    return Golden.load("utils/numpy_random").all("cases");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsWhatNumpyDraws(Golden numpy) {
    NumpyRandom random = new NumpyRandom(numpy.integer("seed"));

    assertThat(random.randint(5, 100, 700)).containsExactly(numpy.longs("randint_5_100"));
    assertThat(LongStream.generate(() -> random.randint(1_000_000)).limit(5).toArray())
        .containsExactly(numpy.longs("randint_high"));
    assertThat(random.randint(-8, 8, 10)).containsExactly(numpy.longs("randint_power"));
    assertThat(random.randint(3, 4, 3)).containsExactly(numpy.longs("randint_one"));
    assertThat(random.randint(0, 1L << 32, 5)).containsExactly(numpy.longs("randint_32"));
    assertThat(random.randint(0, 1L << 33, 5)).containsExactly(numpy.longs("randint_33"));
    assertThat(random.randint(-(1L << 40), 1L << 55, 5))
        .containsExactly(numpy.longs("randint_wide"));
    int[] order = IntStream.range(0, 40).toArray();
    random.shuffle(order);
    assertThat(order).containsExactly(numpy.ints("shuffle"));
    assertThat(random.randint(1_000_000)).isEqualTo(numpy.integer("after"));
  }

  @Test
  void startsAnewWhenSeededAnew() {
    NumpyRandom random = new NumpyRandom(3);
    long[] first = random.randint(0, 1000, 5);

    random.seed(3);

    assertThat(random.randint(0, 1000, 5)).containsExactly(first);
  }

  @Test
  void differsEachTimeWithoutASeed() {
    NumpyRandom random = new NumpyRandom();
    long[] first = random.randint(0, 1L << 40, 3);
    random.seed();

    assertThat(random.randint(0, 1L << 40, 3)).isNotEqualTo(first);
    assertThat(new NumpyRandom().randint(0, 1L << 40, 3)).isNotEqualTo(first);
  }

  @Test
  void rejectsASeedThatNumpyRejects() {
    for (long seed : new long[] {-1, 1L << 32}) {
      assertThatThrownBy(() -> new NumpyRandom(seed))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              """
              NumpyRandom: the seed is out of range.
                expected: 0 to 4294967295 (2**32 - 1), as in NumPy
                got:      %d
                fix:      choose a seed in that range"""
                  .formatted(seed));
    }
  }

  @Test
  void keepsItsStateWhenASeedIsRejected() {
    NumpyRandom random = new NumpyRandom(3);

    assertThatThrownBy(() -> random.seed(-1)).isInstanceOf(IllegalArgumentException.class);

    assertThat(random.randint(1000)).isEqualTo(new NumpyRandom(3).randint(1000));
  }

  @Test
  void rejectsAnEmptyRange() {
    assertThatThrownBy(() -> new NumpyRandom(0).randint(5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            NumpyRandom.randint: no number can be drawn from this range.
              expected: low < high, fewer than 2^63 numbers apart
              got:      low = 5, high = 5
              fix:      pass the least number first, then one more than the greatest""");
  }

  @Test
  void drawsTheNumbersOfRand() {
    // numpy.random.seed(1); numpy.random.rand(3)
    assertThat(new NumpyRandom(1).rand(3))
        .containsExactly(0.417022004702574, 0.7203244934421581, 0.00011437481734488664);
  }
}
