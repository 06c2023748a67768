package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * An LSTM over sequences of volumes, whose products are convolutions. Keras: {@code
 * keras.layers.ConvLSTM3D}.
 *
 * <p>Shapes: (batch, timesteps, depth, rows, columns, features) → (batch, depth, rows, columns,
 * filters), or with the timesteps after the batch with {@code returnSequences(true)}. Masked
 * timesteps leave the states as they are; the mask is passed on with {@code returnSequences(true)}.
 *
 * @see <a href="https://arxiv.org/abs/1506.04214">Shi et al., Convolutional LSTM network (2015)</a>
 */
public final class ConvLSTM3D extends ConvLSTM<ConvLSTM3D> {

  /**
   * A layer of some filters.
   *
   * @param filters how many features the output has
   * @param kernelSize how many places a kernel sees deep, down and across: one number for all, or
   *     three
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public ConvLSTM3D(int filters, int... kernelSize) {
    super("ConvLSTM3D", 3, filters, kernelSize);
  }

  @Override
  ConvLSTM3D fresh() {
    return new ConvLSTM3D(units, kernelSize());
  }

  /**
   * Returns a layer of its arguments. Keras: {@code ConvLSTM3D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ConvLSTM3D fromConfig(Config config) {
    Checks.notNull("ConvLSTM3D.fromConfig", "config", config);
    return new ConvLSTM3D(config.integer("filters"), config.integers("kernel_size"))
        .convolutionFrom(config);
  }
}
