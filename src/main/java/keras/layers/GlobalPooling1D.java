package keras.layers;

import java.util.Map;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * Makes one vector of a whole sequence.
 *
 * @param <S> the subclass
 */
abstract class GlobalPooling1D<S extends GlobalPooling1D<S>> extends KerasLayer<S> {

  private String dataFormat = DataFormat.CHANNELS_LAST;
  private boolean keepdims;

  GlobalPooling1D() {}

  /**
   * Sets which dimension holds the features.
   *
   * @param value {@code "channels_last"} (the default) or {@code "channels_first"} for inputs of
   *     (batch, features, timesteps)
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public S dataFormat(String value) {
    checkNotFrozen("dataFormat");
    dataFormat = DataFormat.get(value);
    return self();
  }

  /**
   * Sets whether the timesteps stay as a dimension of size one.
   *
   * @param value false by default
   * @return this layer
   */
  public S keepdims(boolean value) {
    checkNotFrozen("keepdims");
    keepdims = value;
    return self();
  }

  /** With the arguments of a configuration. */
  final S poolingFrom(Config config) {
    config.text("data_format", this::dataFormat);
    config.bool("keepdims", this::keepdims);
    return self();
  }

  final boolean keepsDimensions() {
    return keepdims;
  }

  final int timeAxis() {
    return DataFormat.isFirst(dataFormat) ? 2 : 1;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.sequences(this, inputShape);
    long batch = inputShape.get(0);
    long features = inputShape.get(3 - timeAxis());
    if (!keepdims) {
      return Shape.of(batch, features);
    }
    return timeAxis() == 1 ? Shape.of(batch, 1, features) : Shape.of(batch, features, 1);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("data_format", dataFormat);
    config.put("keepdims", keepdims);
    return config;
  }
}
