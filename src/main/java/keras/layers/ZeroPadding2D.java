package keras.layers;

import keras.utils.Config;

/**
 * Adds zeros around an image. Keras: {@code keras.layers.ZeroPadding2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → the same with larger sizes. A mask is not passed
 * on.
 */
public final class ZeroPadding2D extends ZeroPadding<ZeroPadding2D> {

  /** Adds one zero at each edge. */
  public ZeroPadding2D() {
    super(2, 1);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code ZeroPadding2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ZeroPadding2D fromConfig(Config config) {
    return new ZeroPadding2D().common(config).edgesFrom(config);
  }
}
