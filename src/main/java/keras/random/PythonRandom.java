package keras.random;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import keras.internal.messages.Checks;
import org.apache.commons.rng.core.source32.MersenneTwister;

/**
 * Python's {@code random.Random}: with the same seed, the same numbers.
 *
 * <p>{@link #shared()} is what the functions of Python's module {@code random} use, and what Keras
 * draws the seeds of its initializers and seed generators from.
 *
 * <p>Safe for use by several threads: every call is synchronized.
 */
public final class PythonRandom {
  private static final PythonRandom SHARED = new PythonRandom();
  private static final int STATE_WORDS = 624;

  private MersenneTwister twister;

  /** A generator seeded by the operating system, as {@code random.Random()}. */
  public PythonRandom() {
    twister = unseeded();
  }

  /**
   * A generator with a seed, as {@code random.Random(seed)}.
   *
   * @param seed any number; its sign is ignored, as Python ignores it
   */
  public PythonRandom(long seed) {
    twister = seeded(seed);
  }

  /** {@return the one generator of the process, which Python's {@code random.randint} uses} */
  public static PythonRandom shared() {
    return SHARED;
  }

  /** Seeds anew from the operating system, as {@code random.seed()}. */
  public synchronized void seed() {
    twister = unseeded();
  }

  /**
   * Seeds anew, as {@code random.seed(seed)}.
   *
   * @param seed any number; its sign is ignored, as Python ignores it
   */
  public synchronized void seed(long seed) {
    twister = seeded(seed);
  }

  /**
   * The next number of 53 random bits, {@code random.random()}.
   *
   * @return a number from 0 to 1, 1 excluded
   */
  public synchronized double random() {
    long high = getrandbits(27);
    long low = getrandbits(26);
    return (high * 0x1p26 + low) * 0x1p-53;
  }

  /**
   * Returns a number of so many random bits, {@code random.getrandbits(k)}.
   *
   * @param k the number of bits, 0 to 63
   * @return a number from 0 to 2^k - 1
   * @throws IllegalArgumentException if k is negative or more than 63
   */
  public synchronized long getrandbits(int k) {
    if (k < 0 || k > 63) {
      throw new IllegalArgumentException(
          """
          PythonRandom.getrandbits: this number of bits does not fit.
            expected: 0 to 63 bits
            got:      %d
            fix:      draw several numbers and join their bits"""
              .formatted(k));
    }
    if (k == 0) {
      return 0;
    }
    if (k <= 32) {
      return word() >>> (32 - k);
    }
    long low = word();
    return (word() >>> (64 - k)) << 32 | low;
  }

  /**
   * Returns a whole number from a to b, both included, {@code random.randint(a, b)}.
   *
   * @param a the least number
   * @param b the greatest number
   * @return a number N with a &lt;= N &lt;= b
   * @throws IllegalArgumentException if b is less than a, or if there are 2^63 numbers or more
   *     between them
   */
  public synchronized long randint(long a, long b) {
    long width = b - a + 1;
    if (b < a || width <= 0) {
      throw new IllegalArgumentException(
          """
          PythonRandom.randint: no number can be drawn from this range.
            expected: a <= b, fewer than 2^63 numbers apart
            got:      a = %d, b = %d
            fix:      pass the least number first"""
              .formatted(a, b));
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(width);
    long drawn = getrandbits(bits);
    while (drawn >= width) {
      drawn = getrandbits(bits);
    }
    return a + drawn;
  }

  /**
   * Puts the elements into a random order, {@code random.shuffle(values)}.
   *
   * @param values the array to shuffle in place
   */
  public synchronized void shuffle(int[] values) {
    Checks.notNull("PythonRandom.shuffle", "values", values);
    for (int i = values.length - 1; i > 0; i--) {
      int j = (int) randint(0, i);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  private long word() {
    return Integer.toUnsignedLong(twister.nextInt());
  }

  /** Python keys the generator with the 32-bit words of the seed's magnitude, the lowest first. */
  private static MersenneTwister seeded(long seed) {
    long magnitude = Math.abs(seed);
    int low = (int) magnitude;
    int high = (int) (magnitude >>> 32);
    return new MersenneTwister(high == 0 ? new int[] {low} : new int[] {low, high});
  }

  private static MersenneTwister unseeded() {
    byte[] entropy = new byte[STATE_WORDS * Integer.BYTES];
    new SecureRandom().nextBytes(entropy);
    int[] key = new int[STATE_WORDS];
    ByteBuffer.wrap(entropy).asIntBuffer().get(key);
    return new MersenneTwister(key);
  }
}
