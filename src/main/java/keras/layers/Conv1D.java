package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Moves kernels over sequences. Keras: {@code keras.layers.Conv1D}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, timesteps, filters); {@code kernel} is
 * (timesteps, features / groups, filters). A mask is not passed on.
 */
public final class Conv1D extends PlainConvolution<Conv1D> {

  /**
   * A convolution.
   *
   * @param filters how many features the output has
   * @param kernelSize how many timesteps a kernel sees
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public Conv1D(int filters, int kernelSize) {
    super(1, filters, kernelSize);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Conv1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Conv1D fromConfig(Config config) {
    Checks.notNull("Conv1D.fromConfig", "config", config);
    Conv1D layer = new Conv1D(config.integer("filters"), config.integers("kernel_size")[0]);
    return layer.common(config).convolutionFrom(config);
  }
}
