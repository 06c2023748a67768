package keras.initializers;

import keras.utils.Config;

/**
 * Equally likely numbers between {@code ±sqrt(3 / fan_in)}. Keras: {@code
 * keras.initializers.LecunUniform}.
 *
 * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al., Self-normalizing neural
 *     networks (2017)</a>
 */
public final class LecunUniform extends FanInitializer<LecunUniform> {

  /** Without a seed: every one made gives other values. */
  public LecunUniform() {
    super(1, "fan_in", "uniform");
  }

  @Override
  LecunUniform unplaced() {
    return new LecunUniform();
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code LecunUniform.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static LecunUniform fromConfig(Config config) {
    return new LecunUniform().argumentsFrom(config);
  }
}
