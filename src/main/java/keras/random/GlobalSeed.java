package keras.random;

import java.util.OptionalLong;
import keras.internal.random.SeedOrder;

/**
 * The seed of the whole process, behind {@code keras.utils.set_random_seed}.
 *
 * <p>Safe for use by several threads: every call is synchronized.
 */
public final class GlobalSeed {
  private static OptionalLong keras = OptionalLong.empty();
  private static OptionalLong tensorflow = OptionalLong.empty();

  private GlobalSeed() {}

  /**
   * Seeds everything: Python's and NumPy's shared generators and TensorFlow's global seed; forgets
   * the global seed generator, so that the next draw makes a new one.
   *
   * @param seed 0 to 2^32 - 1
   * @throws IllegalArgumentException if the seed is out of that range; nothing is changed then
   */
  public static synchronized void set(long seed) {
    if (seed < 0 || seed > NumpyRandom.MAX_SEED) {
      throw new IllegalArgumentException(
          """
          setRandomSeed: the seed is out of range.
            expected: 0 to %d (2**32 - 1), as in Keras
            got:      %d
            fix:      choose a seed in that range"""
              .formatted(NumpyRandom.MAX_SEED, seed));
    }
    SeedOrder.completeAll();
    SeedGenerator.forgetGlobal();
    PythonRandom.shared().seed(seed);
    NumpyRandom.shared().seed(seed);
    keras = OptionalLong.of(seed);
    tensorflow = OptionalLong.of(seed);
  }

  /**
   * Takes the seed back: everything is seeded by the operating system again, as in a new process.
   * For {@code random.seed(None)}, {@code np.random.seed(None)} and {@code
   * tf.random.set_seed(None)} together.
   */
  public static synchronized void unset() {
    SeedOrder.completeAll();
    SeedGenerator.forgetGlobal();
    PythonRandom.shared().seed();
    NumpyRandom.shared().seed();
    keras = OptionalLong.empty();
    tensorflow = OptionalLong.empty();
  }

  /** {@return the seed that was set, if one was, and was not cleared since} */
  public static synchronized OptionalLong get() {
    return keras;
  }

  /**
   * The seed that was set for TensorFlow's random kernels ({@code tf.random.set_seed}). It outlives
   * {@link #clear()}, as it outlives {@code clear_session} in Keras.
   *
   * @return the seed, if one was set
   */
  public static synchronized OptionalLong tensorflow() {
    return tensorflow;
  }

  /**
   * Does to seeds what {@code keras.utils.clear_session} does: forgets the seed, the global seed
   * generator and the numbering of seed generators' names. The shared generators of Python and
   * NumPy go on where they are.
   */
  public static synchronized void clear() {
    SeedOrder.completeAll();
    keras = OptionalLong.empty();
    SeedGenerator.forgetGlobal();
    SeedGenerator.forgetNames();
  }
}
