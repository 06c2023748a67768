package keras.initializers;

import keras.utils.Config;

/**
 * Normally distributed numbers, cut off at two standard deviations, with standard deviation {@code
 * sqrt(2 / fan_in)}. Keras: {@code keras.initializers.HeNormal}.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al., Delving deep into rectifiers
 *     (2015)</a>
 */
public final class HeNormal extends FanInitializer<HeNormal> {

  /** Without a seed: every one made gives other values. */
  public HeNormal() {
    super(2, "fan_in", "truncated_normal");
  }

  @Override
  HeNormal unplaced() {
    return new HeNormal();
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code HeNormal.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static HeNormal fromConfig(Config config) {
    return new HeNormal().argumentsFrom(config);
  }
}
