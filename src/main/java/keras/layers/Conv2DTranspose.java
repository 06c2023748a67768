package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Spreads each element of images with kernels, as the gradient of a convolution does. Keras: {@code
 * keras.layers.Conv2DTranspose}.
 *
 * <p>Shapes: (batch, rows, columns, features) → (batch, rows, columns, filters); {@code kernel} is
 * (rows, columns, filters, features). A mask is not passed on.
 */
public final class Conv2DTranspose extends TransposedConvolution<Conv2DTranspose> {

  /**
   * A convolution.
   *
   * @param filters how many features the output has
   * @param kernelSize how many rows and columns a kernel sees: one number for both, or two
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public Conv2DTranspose(int filters, int... kernelSize) {
    super(2, filters, kernelSize);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Conv2DTranspose.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Conv2DTranspose fromConfig(Config config) {
    Checks.notNull("Conv2DTranspose.fromConfig", "config", config);
    Conv2DTranspose layer =
        new Conv2DTranspose(config.integer("filters"), config.integers("kernel_size"));
    return layer.common(config).convolutionFrom(config);
  }
}
