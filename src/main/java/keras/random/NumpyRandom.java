package keras.random;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import keras.internal.messages.Checks;
import org.apache.commons.rng.core.RandomProviderDefaultState;
import org.apache.commons.rng.core.source32.MersenneTwister;

/**
 * NumPy's {@code numpy.random.RandomState}: with the same seed, the same whole numbers and the same
 * shuffles.
 *
 * <p>{@link #shared()} is what {@code np.random.randint} and {@code np.random.shuffle} use. Only
 * what Keras itself needs of it is here.
 *
 * <p>Safe for use by several threads: every call is synchronized.
 */
public final class NumpyRandom {
  /** The greatest seed, {@code 2**32 - 1}. */
  public static final long MAX_SEED = 0xFFFFFFFFL;

  private static final NumpyRandom SHARED = new NumpyRandom();
  private static final int STATE_WORDS = 624;

  private MersenneTwister twister;

  /** A generator seeded by the operating system, as {@code RandomState()}. */
  public NumpyRandom() {
    twister = seeded(entropy());
  }

  /**
   * A generator with a seed, as {@code RandomState(seed)}.
   *
   * @param seed 0 to 2^32 - 1
   * @throws IllegalArgumentException if the seed is out of that range
   */
  public NumpyRandom(long seed) {
    twister = seeded(checked(seed));
  }

  /** {@return the one generator of the process, which {@code np.random.randint} uses} */
  public static NumpyRandom shared() {
    return SHARED;
  }

  /** Seeds anew from the operating system, as {@code np.random.seed()}. */
  public synchronized void seed() {
    twister = seeded(entropy());
  }

  /**
   * Seeds anew, as {@code np.random.seed(seed)}.
   *
   * @param seed 0 to 2^32 - 1
   * @throws IllegalArgumentException if the seed is out of that range
   */
  public synchronized void seed(long seed) {
    twister = seeded(checked(seed));
  }

  /**
   * A whole number from 0 up to a bound, {@code np.random.randint(high)}.
   *
   * @param high the bound, itself excluded
   * @return a number N with 0 &lt;= N &lt; high
   * @throws IllegalArgumentException if high is not positive
   */
  public long randint(long high) {
    return randint(0, high);
  }

  /**
   * Returns a whole number between two bounds, {@code np.random.randint(low, high)}.
   *
   * @param low the least number
   * @param high the bound above, itself excluded
   * @return a number N with low &lt;= N &lt; high
   * @throws IllegalArgumentException if high is not greater than low, or if there are 2^63 numbers
   *     or more between them
   */
  public synchronized long randint(long low, long high) {
    long greatest = high - low - 1;
    if (low >= high || greatest < 0) {
      throw new IllegalArgumentException(
          """
          NumpyRandom.randint: no number can be drawn from this range.
            expected: low < high, fewer than 2^63 numbers apart
            got:      low = %d, high = %d
            fix:      pass the least number first, then one more than the greatest"""
              .formatted(low, high));
    }
    return low + upTo(greatest);
  }

  /**
   * So many whole numbers between two bounds, {@code np.random.randint(low, high, size)}.
   *
   * @param low the least number
   * @param high the bound above, itself excluded
   * @param size how many numbers
   * @return so many numbers N with low &lt;= N &lt; high
   * @throws IllegalArgumentException if high is not greater than low, or if there are 2^63 numbers
   *     or more between them
   */
  public synchronized long[] randint(long low, long high, int size) {
    long[] drawn = new long[Checks.notNegative("NumpyRandom.randint", "size", size)];
    for (int i = 0; i < size; i++) {
      drawn[i] = randint(low, high);
    }
    return drawn;
  }

  /**
   * So many numbers from 0 up to 1, {@code np.random.rand(size)}.
   *
   * @param size how many numbers
   * @return so many numbers x with 0 &lt;= x &lt; 1
   */
  public synchronized double[] rand(int size) {
    double[] drawn = new double[Checks.notNegative("NumpyRandom.rand", "size", size)];
    for (int i = 0; i < size; i++) {
      long high = word() >>> 5;
      drawn[i] = (high * 0x1p26 + (word() >>> 6)) * 0x1p-53;
    }
    return drawn;
  }

  /**
   * Puts the elements into a random order, {@code np.random.shuffle(values)}.
   *
   * @param values the array to shuffle in place
   */
  public synchronized void shuffle(int[] values) {
    Checks.notNull("NumpyRandom.shuffle", "values", values);
    for (int i = values.length - 1; i > 0; i--) {
      int other = (int) upTo(i);
      int value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
  }

  /**
   * Returns a number from 0 to {@code greatest}: as many bits as that has, again until it is in
   * range.
   */
  private long upTo(long greatest) {
    if (greatest == 0) {
      return 0;
    }
    long mask = -1L >>> Long.numberOfLeadingZeros(greatest);
    boolean oneWord = mask <= MAX_SEED;
    long drawn;
    do {
      drawn = (oneWord ? word() : word() << 32 | word()) & mask;
    } while (drawn > greatest);
    return drawn;
  }

  private long word() {
    return Integer.toUnsignedLong(twister.nextInt());
  }

  private static long checked(long seed) {
    if (seed < 0 || seed > MAX_SEED) {
      throw new IllegalArgumentException(
          """
          NumpyRandom: the seed is out of range.
            expected: 0 to %d (2**32 - 1), as in NumPy
            got:      %d
            fix:      choose a seed in that range"""
              .formatted(MAX_SEED, seed));
    }
    return seed;
  }

  private static long entropy() {
    return Integer.toUnsignedLong(new SecureRandom().nextInt());
  }

  /**
   * NumPy fills the generator's state from one word, where Python and commons-rng mix in an array
   * of them. The words of the state come first in what {@code saveState} gives, little-endian.
   */
  private static MersenneTwister seeded(long seed) {
    MersenneTwister fresh = new MersenneTwister(new int[] {0});
    byte[] state = ((RandomProviderDefaultState) fresh.saveState()).getState();
    ByteBuffer words = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
    int word = (int) seed;
    for (int i = 0; i < STATE_WORDS; i++) {
      words.putInt(word);
      word = 1812433253 * (word ^ (word >>> 30)) + i + 1;
    }
    fresh.restoreState(new RandomProviderDefaultState(state));
    return fresh;
  }
}
