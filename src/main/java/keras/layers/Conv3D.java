package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Moves kernels over volumes. Keras: {@code keras.layers.Conv3D}.
 *
 * <p>Shapes: (batch, depth, rows, columns, features) → (batch, depth, rows, columns, filters);
 * {@code kernel} is (depth, rows, columns, features / groups, filters). A mask is not passed on.
 */
public final class Conv3D extends PlainConvolution<Conv3D> {

  /**
   * A convolution.
   *
   * @param filters how many features the output has
   * @param kernelSize how many places a kernel sees deep, down and across: one number for all, or
   *     three
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public Conv3D(int filters, int... kernelSize) {
    super(3, filters, kernelSize);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Conv3D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Conv3D fromConfig(Config config) {
    Checks.notNull("Conv3D.fromConfig", "config", config);
    Conv3D layer = new Conv3D(config.integer("filters"), config.integers("kernel_size"));
    return layer.common(config).convolutionFrom(config);
  }
}
