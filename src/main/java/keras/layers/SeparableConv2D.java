package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Moves kernels over each feature of images by itself, then mixes the features of each place.
 * Keras: {@code keras.layers.SeparableConv2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → (batch, rows, columns, filters); {@code
 * depthwise_kernel} is (rows, columns, features, depthMultiplier), {@code pointwise_kernel} (1, 1,
 * features · depthMultiplier, filters). A mask is not passed on.
 */
public final class SeparableConv2D extends SeparableConvolution<SeparableConv2D> {

  /**
   * A convolution.
   *
   * @param filters how many features the output has
   * @param kernelSize how many rows and columns a kernel sees: one number for both, or two
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public SeparableConv2D(int filters, int... kernelSize) {
    super(2, filters, kernelSize);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code SeparableConv2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SeparableConv2D fromConfig(Config config) {
    Checks.notNull("SeparableConv2D.fromConfig", "config", config);
    SeparableConv2D layer =
        new SeparableConv2D(config.integer("filters"), config.integers("kernel_size"));
    return layer.common(config).convolutionFrom(config);
  }
}
