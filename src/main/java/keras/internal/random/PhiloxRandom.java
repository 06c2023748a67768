package keras.internal.random;

import org.apache.commons.rng.core.source32.Philox4x32;

/**
 * TensorFlow's {@code PhiloxRandom}, the generator behind its random kernels: 4x32 bits, ten
 * rounds, the first seed as key and the second as the upper half of the counter.
 *
 * <p>Not safe for use by several threads at once: each owner has its own.
 *
 * @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon et al., Parallel random numbers: as
 *     easy as 1, 2, 3 (2011)</a>
 */
public final class PhiloxRandom {
  private final Philox4x32 philox;

  /**
   * A generator for a pair of seeds.
   *
   * @param seed the key
   * @param seed2 the upper half of the counter
   */
  public PhiloxRandom(long seed, long seed2) {
    // TensorFlow counts up after a block of four numbers, commons-rng before: start one below.
    long upper = seed2 - 1;
    philox =
        new Philox4x32(
            new int[] {(int) seed, (int) (seed >>> 32), -1, -1, (int) upper, (int) (upper >>> 32)});
  }

  /** {@return the next 32 random bits, as a number from 0 to 2^32 - 1} */
  public long next() {
    return Integer.toUnsignedLong(philox.nextInt());
  }
}
