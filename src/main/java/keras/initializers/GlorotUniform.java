package keras.initializers;

import keras.utils.Config;

/**
 * Equally likely numbers between {@code ±sqrt(6 / (fan_in + fan_out))}. Keras: {@code
 * keras.initializers.GlorotUniform}.
 *
 * <p>The default of kernels in Keras.
 *
 * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio, Understanding
 *     the difficulty of training deep feedforward neural networks (2010)</a>
 */
public final class GlorotUniform extends FanInitializer<GlorotUniform> {

  /** Without a seed: every one made gives other values. */
  public GlorotUniform() {
    super(1, "fan_avg", "uniform");
  }

  @Override
  GlorotUniform unplaced() {
    return new GlorotUniform();
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code GlorotUniform.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static GlorotUniform fromConfig(Config config) {
    return new GlorotUniform().argumentsFrom(config);
  }
}
