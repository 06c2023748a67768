package keras.layers;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Dropout of whole features: what is dropped is dropped in all places of a volume. Keras: {@code
 * keras.layers.SpatialDropout3D}.
 *
 * <p>Shapes: (batch, depth, rows, columns, features) → the same. A mask is passed on.
 *
 * @see <a href="https://arxiv.org/abs/1411.4280">Tompson et al., Efficient object localization
 *     using convolutional networks (2014)</a>
 */
public final class SpatialDropout3D extends SpatialDropout<SpatialDropout3D> {

  /**
   * A dropout layer.
   *
   * @param rate the fraction that is dropped, 0 to 1
   * @throws IllegalArgumentException if it is out of that range
   */
  public SpatialDropout3D(double rate) {
    super(3, rate);
  }

  /**
   * Sets which dimension holds the features.
   *
   * @param value {@code "channels_last"}, the default, or {@code "channels_first"}
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public SpatialDropout3D dataFormat(String value) {
    checkNotFrozen("dataFormat");
    format().set(value);
    return this;
  }

  /**
   * Returns a layer of its arguments. Keras: {@code SpatialDropout3D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SpatialDropout3D fromConfig(Config config) {
    Checks.notNull("SpatialDropout3D.fromConfig", "config", config);
    SpatialDropout3D layer =
        new SpatialDropout3D(config.number("rate")).common(config).seedFrom(config);
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
