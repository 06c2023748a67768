package keras.layers;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Dropout of whole features: what is dropped is dropped in all rows and columns of an image. Keras:
 * {@code keras.layers.SpatialDropout2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → the same. A mask is passed on.
 *
 * @see <a href="https://arxiv.org/abs/1411.4280">Tompson et al., Efficient object localization
 *     using convolutional networks (2014)</a>
 */
public final class SpatialDropout2D extends SpatialDropout<SpatialDropout2D> {

  /**
   * A dropout layer.
   *
   * @param rate the fraction that is dropped, 0 to 1
   * @throws IllegalArgumentException if it is out of that range
   */
  public SpatialDropout2D(double rate) {
    super(2, rate);
  }

  /**
   * Sets which dimension holds the features.
   *
   * @param value {@code "channels_last"}, the default, or {@code "channels_first"}
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public SpatialDropout2D dataFormat(String value) {
    checkNotFrozen("dataFormat");
    format().set(value);
    return this;
  }

  /**
   * Returns a layer of its arguments. Keras: {@code SpatialDropout2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SpatialDropout2D fromConfig(Config config) {
    Checks.notNull("SpatialDropout2D.fromConfig", "config", config);
    SpatialDropout2D layer =
        new SpatialDropout2D(config.number("rate")).common(config).seedFrom(config);
    config.text("data_format", layer::dataFormat);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("data_format", format().name());
    return config;
  }
}
