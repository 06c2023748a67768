package keras.layers;

import java.util.Collections;
import java.util.Map;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * A layer that makes one number of all places of a feature. Keras: {@code BaseGlobalPooling}.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
abstract class GlobalPooling<S extends GlobalPooling<S>> extends KerasLayer<S> {

  private final DataFormat format;
  private boolean keepdims;

  GlobalPooling(int rank) {
    format = new DataFormat(this, rank);
  }

  /**
   * Sets which dimension holds the features.
   *
   * @param value {@code "channels_last"} (the default) or {@code "channels_first"} for inputs whose
   *     features follow the batch
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public S dataFormat(String value) {
    checkNotFrozen("dataFormat");
    format.set(value);
    return self();
  }

  /**
   * Sets whether the other dimensions stay, with a size of one.
   *
   * @param value false by default
   * @return this layer
   */
  public S keepdims(boolean value) {
    checkNotFrozen("keepdims");
    keepdims = value;
    return self();
  }

  final S poolingFrom(Config config) {
    config.text("data_format", this::dataFormat);
    config.bool("keepdims", this::keepdims);
    return self();
  }

  final boolean keepsDimensions() {
    return keepdims;
  }

  /** Returns the dimensions that are made one. */
  final int[] axes() {
    return format.axes();
  }

  @Override
  final boolean builtAtOnce() {
    return true;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    long features = format.check(inputShape).get(format.featuresAxis(inputShape));
    long batch = inputShape.get(0);
    if (!keepdims) {
      return Shape.of(batch, features);
    }
    return Shape.of(
        format.of(batch, Collections.nCopies(format.rank(), 1L), features).stream()
            .mapToLong(Long::longValue)
            .toArray());
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("data_format", format.name());
    config.put("keepdims", keepdims);
    return config;
  }
}
