package keras.initializers;

import keras.utils.Config;

/**
 * Normally distributed numbers, cut off at two standard deviations, with standard deviation {@code
 * sqrt(1 / fan_in)}. Keras: {@code keras.initializers.LecunNormal}.
 *
 * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al., Self-normalizing neural
 *     networks (2017)</a>
 */
public final class LecunNormal extends FanInitializer<LecunNormal> {

  /** Without a seed: every one made gives other values. */
  public LecunNormal() {
    super(1, "fan_in", "truncated_normal");
  }

  @Override
  LecunNormal unplaced() {
    return new LecunNormal();
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code LecunNormal.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static LecunNormal fromConfig(Config config) {
    return new LecunNormal().argumentsFrom(config);
  }
}
