package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Moves kernels over each feature of images by itself. Keras: {@code keras.layers.DepthwiseConv2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → (batch, rows, columns, features · depthMultiplier);
 * {@code kernel} is (rows, columns, features, depthMultiplier). A mask is not passed on.
 */
public final class DepthwiseConv2D extends DepthwiseConvolution<DepthwiseConv2D> {

  /**
   * A convolution.
   *
   * @param kernelSize how many rows and columns a kernel sees: one number for both, or two
   * @throws IllegalArgumentException if it is less than 1
   */
  public DepthwiseConv2D(int... kernelSize) {
    super(2, kernelSize);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code DepthwiseConv2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static DepthwiseConv2D fromConfig(Config config) {
    Checks.notNull("DepthwiseConv2D.fromConfig", "config", config);
    DepthwiseConv2D layer = new DepthwiseConv2D(config.integers("kernel_size"));
    return layer.common(config).convolutionFrom(config);
  }
}
