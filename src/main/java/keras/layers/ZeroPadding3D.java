package keras.layers;

import keras.utils.Config;

/**
 * Adds zeros around a volume. Keras: {@code keras.layers.ZeroPadding3D}.
 *
 * <p>Shapes: (batch, depth, rows, columns, features) → the same with larger sizes. A mask is not
 * passed on.
 */
public final class ZeroPadding3D extends ZeroPadding<ZeroPadding3D> {

  /** Adds one zero at each edge. */
  public ZeroPadding3D() {
    super(3, 1);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code ZeroPadding3D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ZeroPadding3D fromConfig(Config config) {
    return new ZeroPadding3D().common(config).edgesFrom(config);
  }
}
