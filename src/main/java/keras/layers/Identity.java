package keras.layers;

import keras.backend.LayerContext;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Gives its input as it is, in the place of another layer. Keras: {@code keras.layers.Identity}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 */
public final class Identity extends KerasLayer<Identity> {

  /** A layer without arguments. */
  public Identity() {}

  @Override
  boolean builtAtOnce() {
    return true;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    return context.tf().identity(inputs);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Identity.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Identity fromConfig(Config config) {
    return new Identity().common(config);
  }
}
