package keras.layers;

import java.util.Map;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.Shape;

/**
 * A layer that takes another one and does something more with it. Keras: {@code
 * keras.layers.Wrapper}.
 *
 * <p>One of a user's own extends it, and calls the layer inside in its own {@code call}, with
 * {@code call(context, layer(), inputs)}. Files have the layer inside under {@code layer}.
 *
 * @param <S> the wrapper, so that chained calls keep their type
 */
public abstract class Wrapper<S extends Wrapper<S>> extends KerasLayer<S> {

  final Layer<?> layer;

  /**
   * A wrapper.
   *
   * @param layer the layer inside
   */
  protected Wrapper(Layer<?> layer) {
    if (layer == null) {
      throw Errors.in(getClass().getSimpleName(), "there is no layer to wrap.")
          .expected("a layer")
          .got(null)
          .fix("new " + getClass().getSimpleName() + "(new Dense(1))")
          .argument();
    }
    this.layer = addLayer("layer", layer);
  }

  /**
   * Returns the layer inside. Keras: {@code wrapper.layer}.
   *
   * @return the layer given to the constructor
   */
  public final Layer<?> layer() {
    return layer;
  }

  /** Makes the weights of the layer inside, for the same input. */
  @Override
  protected void build(Shape inputShape) {
    build(layer, inputShape);
  }

  @Override
  protected boolean needsWholeBatch() {
    return true;
  }

  @Override
  public void resetState() {
    layer.resetState();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The layer inside is {@code layer}; {@code fromConfig} reads it with {@code
   * Layers.deserialize(config.inner("layer"))}.
   */
  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("layer", layer.serialize());
    return config;
  }
}
