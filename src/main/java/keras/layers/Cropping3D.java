package keras.layers;

import keras.utils.Config;

/**
 * Takes places away from the edges of a volume. Keras: {@code keras.layers.Cropping3D}.
 *
 * <p>Shapes: (batch, depth, rows, columns, features) → the same with smaller sizes. A mask is not
 * passed on.
 */
public final class Cropping3D extends Cropping<Cropping3D> {

  /** Takes one place away at each edge. */
  public Cropping3D() {
    super(3, 1);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Cropping3D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Cropping3D fromConfig(Config config) {
    return new Cropping3D().common(config).edgesFrom(config);
  }
}
