package keras.layers;

import keras.utils.Config;

/**
 * Takes rows and columns away from the edges of an image. Keras: {@code keras.layers.Cropping2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → the same with smaller sizes. A mask is not passed
 * on.
 */
public final class Cropping2D extends Cropping<Cropping2D> {

  /** Leaves all as it is, unless {@link #cropping} is set. */
  public Cropping2D() {
    super(2, 0);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Cropping2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Cropping2D fromConfig(Config config) {
    return new Cropping2D().common(config).edgesFrom(config);
  }
}
