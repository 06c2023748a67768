package keras.random;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.internal.messages.Checks;

/**
 * Makes a new seed for each draw of random numbers, Keras's {@code keras.random.SeedGenerator}.
 *
 * <p>Its state is a pair {@code [seed, counter]}; {@link #next()} returns the pair and advances the
 * counter. One that is given no seed draws it from {@link PythonRandom#shared()} at the moment it
 * is made, as Keras does.
 *
 * <p>Safe for use by several threads: every call is synchronized.
 */
public final class SeedGenerator {
  private static final long GREATEST_DEFAULT_SEED = 1_000_000_000;

  private static SeedGenerator global;
  private static int named;

  private final Long initialSeed;
  private final String name;
  private final long[] state;

  /**
   * A seed generator with a seed of its own drawing and a name such as {@code seed_generator_3}.
   */
  public SeedGenerator() {
    this(null, autoName());
  }

  /**
   * A seed generator with a given seed and a name such as {@code seed_generator_3}.
   *
   * @param seed any number
   */
  public SeedGenerator(long seed) {
    this(seed, autoName());
  }

  /**
   * A seed generator with a seed and a name.
   *
   * @param seed any number, or null to have one drawn
   * @param name the name
   */
  public SeedGenerator(Long seed, String name) {
    this.initialSeed = seed;
    this.name = name;
    this.state = new long[] {seed == null ? makeDefaultSeed() : seed, 0};
  }

  /**
   * Returns the current pair {@code [seed, counter]}; afterwards the counter is one further.
   *
   * @return a new array of two numbers
   */
  public long[] next() {
    return next(true);
  }

  /**
   * The current pair; afterwards the state is advanced.
   *
   * @param ordered whether to count up; otherwise both numbers are scattered below 933199, which
   *     Keras does for draws that are given no seed
   * @return a new array of two numbers
   */
  public synchronized long[] next(boolean ordered) {
    long[] current = state.clone();
    if (ordered) {
      state[1]++;
    } else {
      for (int i = 0; i < state.length; i++) {
        state[i] = Math.floorMod((state[i] + 1) * 5387, 933199L);
      }
    }
    return current;
  }

  /** {@return the pair {@code [seed, counter]} that the next draw will get, a new array} */
  public synchronized long[] state() {
    return state.clone();
  }

  /**
   * Sets the pair {@code [seed, counter]}, as a saved model does.
   *
   * @param pair two numbers
   * @throws IllegalArgumentException if there are not two
   */
  public synchronized void setState(long... pair) {
    Checks.notNull("SeedGenerator.setState", "state", pair);
    if (pair.length != state.length) {
      throw new IllegalArgumentException(
          """
          SeedGenerator "%s": this is no state of a seed generator.
            expected: 2 numbers, the seed and the counter
            got:      %d numbers
            fix:      pass what state() returned"""
              .formatted(name, pair.length));
    }
    System.arraycopy(pair, 0, state, 0, state.length);
  }

  /** {@return the name} */
  public String name() {
    return name;
  }

  /**
   * The arguments, as Keras's {@code get_config} returns them.
   *
   * @return {@code seed}, which is null if none was given, and {@code name}
   */
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("seed", initialSeed);
    config.put("name", name);
    return config;
  }

  /**
   * Returns the seed that an object takes which was given none: {@code random.randint(1, 10**9)} of
   * {@link PythonRandom#shared()}, Keras's {@code make_default_seed}.
   *
   * @return a number from 1 to 10^9
   */
  public static long makeDefaultSeed() {
    return PythonRandom.shared().randint(1, GREATEST_DEFAULT_SEED);
  }

  /**
   * The pair of numbers that a random kernel is seeded with, Keras's {@code draw_seed}.
   *
   * @param seed a whole number, which gives {@code [seed, 0]} each time; a seed generator, which
   *     gives its next pair; or null, for the next pair of the global seed generator
   * @return a new array of two numbers
   * @throws IllegalArgumentException if it is something else
   */
  public static long[] drawSeed(Object seed) {
    if (seed == null) {
      return global().next(false);
    }
    if (seed instanceof SeedGenerator generator) {
      return generator.next();
    }
    if (seed instanceof Long || seed instanceof Integer || seed instanceof Short) {
      return new long[] {((Number) seed).longValue(), 0};
    }
    throw new IllegalArgumentException(
        """
        drawSeed: this is no seed.
          expected: a whole number (int or long), a SeedGenerator or null
          got:      %s, a %s
          fix:      pass a number such as 42"""
            .formatted(seed, seed.getClass().getName()));
  }

  /** Returns the generator for draws that are given no seed; made when it is first needed. */
  private static SeedGenerator global() {
    synchronized (SeedGenerator.class) {
      if (global == null) {
        global = new SeedGenerator();
      }
      return global;
    }
  }

  static void forgetGlobal() {
    synchronized (SeedGenerator.class) {
      global = null;
    }
  }

  static void forgetNames() {
    synchronized (SeedGenerator.class) {
      named = 0;
    }
  }

  private static String autoName() {
    synchronized (SeedGenerator.class) {
      int number = named++;
      return number == 0 ? "seed_generator" : "seed_generator_" + number;
    }
  }
}
