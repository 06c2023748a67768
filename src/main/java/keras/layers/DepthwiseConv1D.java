package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Moves kernels over each feature of sequences by itself. Keras: {@code
 * keras.layers.DepthwiseConv1D}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, timesteps, features · depthMultiplier); {@code
 * kernel} is (timesteps, features, depthMultiplier). A mask is not passed on.
 */
public final class DepthwiseConv1D extends DepthwiseConvolution<DepthwiseConv1D> {

  /**
   * A convolution.
   *
   * @param kernelSize how many timesteps a kernel sees
   * @throws IllegalArgumentException if it is less than 1
   */
  public DepthwiseConv1D(int kernelSize) {
    super(1, kernelSize);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code DepthwiseConv1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static DepthwiseConv1D fromConfig(Config config) {
    Checks.notNull("DepthwiseConv1D.fromConfig", "config", config);
    DepthwiseConv1D layer = new DepthwiseConv1D(config.integers("kernel_size")[0]);
    return layer.common(config).convolutionFrom(config);
  }
}
