package keras.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GlobalSeedTest {
  @AfterEach
  void unsetSeed() {
    GlobalSeed.unset();
  }

  @Test
  void seedsPythonAndNumpy() {
    GlobalSeed.set(4294967295L);

    assertThat(PythonRandom.shared().getrandbits(63))
        .isEqualTo(new PythonRandom(4294967295L).getrandbits(63));
    assertThat(NumpyRandom.shared().randint(1L << 40))
        .isEqualTo(new NumpyRandom(4294967295L).randint(1L << 40));
    assertThat(GlobalSeed.get()).hasValue(4294967295L);
    assertThat(GlobalSeed.tensorflow()).hasValue(4294967295L);
  }

  @Test
  void forgetsOnlyWhatKerasForgetsWhenCleared() {
    GlobalSeed.set(42);
    PythonRandom expected = new PythonRandom(42);
    assertThat(SeedGenerator.makeDefaultSeed()).isEqualTo(expected.randint(1, 1_000_000_000));

    GlobalSeed.clear();

    assertThat(GlobalSeed.get()).isEmpty();
    assertThat(GlobalSeed.tensorflow()).hasValue(42);
    assertThat(SeedGenerator.makeDefaultSeed()).isEqualTo(expected.randint(1, 1_000_000_000));
  }

  @Test
  void runsDifferWithoutASeed() {
    GlobalSeed.set(42);
    long[] seeded = SeedGenerator.drawSeed(null);

    GlobalSeed.unset();

    assertThat(SeedGenerator.drawSeed(null)).isNotEqualTo(seeded);
    assertThat(NumpyRandom.shared().randint(1L << 40))
        .isNotEqualTo(new NumpyRandom(42).randint(1L << 40));
    assertThat(GlobalSeed.get()).isEmpty();
    assertThat(GlobalSeed.tensorflow()).isEmpty();
  }

  @Test
  void leavesEverythingAsItWasWhenTheSeedIsOutOfRange() {
    GlobalSeed.set(42);

    for (long seed : new long[] {-1, 1L << 32}) {
      assertThatThrownBy(() -> GlobalSeed.set(seed))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              """
              setRandomSeed: the seed is out of range.
                expected: 0 to 4294967295 (2**32 - 1), as in Keras
                got:      %d
                fix:      choose a seed in that range"""
                  .formatted(seed));
    }

    assertThat(GlobalSeed.get()).hasValue(42);
    assertThat(PythonRandom.shared().getrandbits(63))
        .isEqualTo(new PythonRandom(42).getrandbits(63));
  }
}
