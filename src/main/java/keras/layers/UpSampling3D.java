package keras.layers;

import keras.utils.Config;

/**
 * Repeats each place of a volume several times. Keras: {@code keras.layers.UpSampling3D}.
 *
 * <p>Shapes: (batch, depth, rows, columns, features) → the same with larger sizes. A mask is not
 * passed on.
 */
public final class UpSampling3D extends UpSampling<UpSampling3D> {

  /** Repeats each place twice in each dimension. */
  public UpSampling3D() {
    super(3);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code UpSampling3D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static UpSampling3D fromConfig(Config config) {
    return new UpSampling3D().common(config).samplingFrom(config);
  }
}
