package keras.initializers;

import keras.utils.Config;

/**
 * Equally likely numbers between {@code ±sqrt(6 / fan_in)}. Keras: {@code
 * keras.initializers.HeUniform}.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al., Delving deep into rectifiers
 *     (2015)</a>
 */
public final class HeUniform extends FanInitializer<HeUniform> {

  /** Without a seed: every one made gives other values. */
  public HeUniform() {
    super(2, "fan_in", "uniform");
  }

  @Override
  HeUniform unplaced() {
    return new HeUniform();
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code HeUniform.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static HeUniform fromConfig(Config config) {
    return new HeUniform().argumentsFrom(config);
  }
}
