package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Moves kernels over images. Keras: {@code keras.layers.Conv2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → (batch, rows, columns, filters); {@code kernel} is
 * (rows, columns, features / groups, filters). A mask is not passed on.
 */
public final class Conv2D extends PlainConvolution<Conv2D> {

  /**
   * A convolution.
   *
   * @param filters how many features the output has
   * @param kernelSize how many rows and columns a kernel sees: one number for both, or two
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public Conv2D(int filters, int... kernelSize) {
    super(2, filters, kernelSize);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Conv2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Conv2D fromConfig(Config config) {
    Checks.notNull("Conv2D.fromConfig", "config", config);
    Conv2D layer = new Conv2D(config.integer("filters"), config.integers("kernel_size"));
    return layer.common(config).convolutionFrom(config);
  }
}
