package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Dropout of whole features: what is dropped is dropped in all timesteps of a sample. Keras: {@code
 * keras.layers.SpatialDropout1D}.
 *
 * <p>Shapes: (batch, timesteps, features) → the same. A mask is passed on.
 *
 * @see <a href="https://arxiv.org/abs/1411.4280">Tompson et al., Efficient object localization
 *     using convolutional networks (2014)</a>
 */
public final class SpatialDropout1D extends SpatialDropout<SpatialDropout1D> {

  /**
   * A dropout layer.
   *
   * @param rate the fraction that is dropped, 0 to 1
   * @throws IllegalArgumentException if it is out of that range
   */
  public SpatialDropout1D(double rate) {
    super(1, rate);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code SpatialDropout1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SpatialDropout1D fromConfig(Config config) {
    Checks.notNull("SpatialDropout1D.fromConfig", "config", config);
    return new SpatialDropout1D(config.number("rate")).common(config).seedFrom(config);
  }
}
