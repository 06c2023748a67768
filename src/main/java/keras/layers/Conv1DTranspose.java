package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Spreads each element of sequences with kernels, as the gradient of a convolution does. Keras:
 * {@code keras.layers.Conv1DTranspose}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, timesteps, filters); {@code kernel} is
 * (timesteps, filters, features). A mask is not passed on.
 */
public final class Conv1DTranspose extends TransposedConvolution<Conv1DTranspose> {

  /**
   * A convolution.
   *
   * @param filters how many features the output has
   * @param kernelSize how many timesteps a kernel sees
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public Conv1DTranspose(int filters, int kernelSize) {
    super(1, filters, kernelSize);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Conv1DTranspose.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Conv1DTranspose fromConfig(Config config) {
    Checks.notNull("Conv1DTranspose.fromConfig", "config", config);
    Conv1DTranspose layer =
        new Conv1DTranspose(config.integer("filters"), config.integers("kernel_size")[0]);
    return layer.common(config).convolutionFrom(config);
  }
}
