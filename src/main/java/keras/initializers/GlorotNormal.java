package keras.initializers;

import keras.utils.Config;

/**
 * Normally distributed numbers, cut off at two standard deviations, with standard deviation {@code
 * sqrt(2 / (fan_in + fan_out))}. Keras: {@code keras.initializers.GlorotNormal}.
 *
 * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio, Understanding
 *     the difficulty of training deep feedforward neural networks (2010)</a>
 */
public final class GlorotNormal extends FanInitializer<GlorotNormal> {

  /** Without a seed: every one made gives other values. */
  public GlorotNormal() {
    super(1, "fan_avg", "truncated_normal");
  }

  @Override
  GlorotNormal unplaced() {
    return new GlorotNormal();
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code GlorotNormal.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static GlorotNormal fromConfig(Config config) {
    return new GlorotNormal().argumentsFrom(config);
  }
}
