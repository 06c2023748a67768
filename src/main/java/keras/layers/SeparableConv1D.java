package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Moves kernels over each feature of sequences by itself, then mixes the features of each place.
 * Keras: {@code keras.layers.SeparableConv1D}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, timesteps, filters); {@code depthwise_kernel}
 * is (timesteps, features, depthMultiplier), {@code pointwise_kernel} (1, features ·
 * depthMultiplier, filters). A mask is not passed on.
 */
public final class SeparableConv1D extends SeparableConvolution<SeparableConv1D> {

  /**
   * A convolution.
   *
   * @param filters how many features the output has
   * @param kernelSize how many timesteps a kernel sees
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public SeparableConv1D(int filters, int kernelSize) {
    super(1, filters, kernelSize);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code SeparableConv1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SeparableConv1D fromConfig(Config config) {
    Checks.notNull("SeparableConv1D.fromConfig", "config", config);
    SeparableConv1D layer =
        new SeparableConv1D(config.integer("filters"), config.integers("kernel_size")[0]);
    return layer.common(config).convolutionFrom(config);
  }
}
