package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Spreads each element of volumes with kernels, as the gradient of a convolution does. Keras:
 * {@code keras.layers.Conv3DTranspose}.
 *
 * <p>Shapes: (batch, depth, rows, columns, features) → (batch, depth, rows, columns, filters);
 * {@code kernel} is (depth, rows, columns, filters, features). A mask is not passed on.
 */
public final class Conv3DTranspose extends TransposedConvolution<Conv3DTranspose> {

  /**
   * A convolution.
   *
   * @param filters how many features the output has
   * @param kernelSize how many places a kernel sees deep, down and across: one number for all, or
   *     three
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public Conv3DTranspose(int filters, int... kernelSize) {
    super(3, filters, kernelSize);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Conv3DTranspose.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Conv3DTranspose fromConfig(Config config) {
    Checks.notNull("Conv3DTranspose.fromConfig", "config", config);
    Conv3DTranspose layer =
        new Conv3DTranspose(config.integer("filters"), config.integers("kernel_size"));
    return layer.common(config).convolutionFrom(config);
  }
}
