package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * An LSTM over sequences of sequences, whose products are convolutions. Keras: {@code
 * keras.layers.ConvLSTM1D}.
 *
 * <p>Shapes: (batch, timesteps, places, features) → (batch, places, filters), or with the timesteps
 * after the batch with {@code returnSequences(true)}. Masked timesteps leave the states as they
 * are; the mask is passed on with {@code returnSequences(true)}.
 *
 * @see <a href="https://arxiv.org/abs/1506.04214">Shi et al., Convolutional LSTM network (2015)</a>
 */
public final class ConvLSTM1D extends ConvLSTM<ConvLSTM1D> {

  /**
   * A layer of some filters.
   *
   * @param filters how many features the output has
   * @param kernelSize how many places a kernel sees
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public ConvLSTM1D(int filters, int kernelSize) {
    super("ConvLSTM1D", 1, filters, kernelSize);
  }

  @Override
  ConvLSTM1D fresh() {
    return new ConvLSTM1D(units, kernelSize()[0]);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code ConvLSTM1D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ConvLSTM1D fromConfig(Config config) {
    Checks.notNull("ConvLSTM1D.fromConfig", "config", config);
    return new ConvLSTM1D(config.integer("filters"), config.integers("kernel_size")[0])
        .convolutionFrom(config);
  }
}
