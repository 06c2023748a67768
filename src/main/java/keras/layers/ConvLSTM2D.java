package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * An LSTM over sequences of images, whose products are convolutions. Keras: {@code
 * keras.layers.ConvLSTM2D}.
 *
 * <p>Shapes: (batch, timesteps, rows, columns, features) → (batch, rows, columns, filters), or with
 * the timesteps after the batch with {@code returnSequences(true)}. Masked timesteps leave the
 * states as they are; the mask is passed on with {@code returnSequences(true)}.
 *
 * @see <a href="https://arxiv.org/abs/1506.04214">Shi et al., Convolutional LSTM network (2015)</a>
 */
public final class ConvLSTM2D extends ConvLSTM<ConvLSTM2D> {

  /**
   * A layer of some filters.
   *
   * @param filters how many features the output has
   * @param kernelSize how many rows and columns a kernel sees: one number for both, or two
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public ConvLSTM2D(int filters, int... kernelSize) {
    super("ConvLSTM2D", 2, filters, kernelSize);
  }

  @Override
  ConvLSTM2D fresh() {
    return new ConvLSTM2D(units, kernelSize());
  }

  /**
   * Returns a layer of its arguments. Keras: {@code ConvLSTM2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ConvLSTM2D fromConfig(Config config) {
    Checks.notNull("ConvLSTM2D.fromConfig", "config", config);
    return new ConvLSTM2D(config.integer("filters"), config.integers("kernel_size"))
        .convolutionFrom(config);
  }
}
