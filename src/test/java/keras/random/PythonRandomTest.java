package keras.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PythonRandomTest {
  private static List<Golden> seeds() {
    return Golden.load("utils/python_random").all("cases");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsWhatPythonDraws(Golden python) {
    PythonRandom random = new PythonRandom(python.integer("seed"));

    expect(python, "randint_seeds", () -> random.randint(1, 1_000_000_000));
    expect(python, "randint_0_99", () -> random.randint(0, 99));
    expect(python, "randint_negative", () -> random.randint(-3, 4));
    expect(python, "randint_wide", () -> random.randint(-5, 1L << 60));
    expect(python, "randint_one", () -> random.randint(7, 7));
    for (double each : python.doubles("random")) {
      assertThat(random.random()).isEqualTo(each);
    }
    Golden bits = python.at("bits");
    for (String count : bits.keys()) {
      assertThat(random.getrandbits(Integer.parseInt(count)))
          .as("getrandbits(%s)", count)
          .isEqualTo(bits.integer(count));
    }
    assertThat(random.randint(1, 1_000_000_000)).isEqualTo(python.integer("after"));
  }

  private static void expect(Golden python, String key, LongSupplier draw) {
    long[] expected = python.longs(key);
    assertThat(LongStream.generate(draw).limit(expected.length).toArray())
        .as(key)
        .containsExactly(expected);
  }

  @Test
  void startsAnewWhenSeededAnew() {
    PythonRandom random = new PythonRandom(3);
    long first = random.getrandbits(63);
    random.getrandbits(63);

    random.seed(3);

    assertThat(random.getrandbits(63)).isEqualTo(first);
  }

  @Test
  void differsEachTimeWithoutASeed() {
    PythonRandom random = new PythonRandom();
    long first = random.getrandbits(63);
    random.seed();

    assertThat(random.getrandbits(63)).isNotEqualTo(first);
    assertThat(new PythonRandom().getrandbits(63)).isNotEqualTo(first);
  }

  @Test
  void drawsNothingForNoBits() {
    PythonRandom random = new PythonRandom(3);

    assertThat(random.getrandbits(0)).isZero();
    assertThat(random.getrandbits(20)).isEqualTo(new PythonRandom(3).getrandbits(20));
  }

  @Test
  void rejectsAnEmptyRange() {
    assertThatThrownBy(() -> new PythonRandom(0).randint(5, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            PythonRandom.randint: no number can be drawn from this range.
              expected: a <= b, fewer than 2^63 numbers apart
              got:      a = 5, b = 3
              fix:      pass the least number first""");
  }

  @Test
  void rejectsARangeThatDoesNotFit() {
    assertThatThrownBy(() -> new PythonRandom(0).randint(-1, Long.MAX_VALUE))
        .hasMessageContaining("fewer than 2^63 numbers apart");
    assertThatThrownBy(() -> new PythonRandom(0).randint(Long.MIN_VALUE, Long.MAX_VALUE))
        .hasMessageContaining("fewer than 2^63 numbers apart");
  }

  @Test
  void rejectsMoreBitsThanFit() {
    assertThatThrownBy(() -> new PythonRandom(0).getrandbits(64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            PythonRandom.getrandbits: this number of bits does not fit.
              expected: 0 to 63 bits
              got:      64
              fix:      draw several numbers and join their bits""");
  }
}
