package keras.layers;

import keras.internal.messages.Checks;
import keras.internal.rnn.Formula;
import keras.internal.rnn.SimpleRNNFormula;
import keras.utils.Config;

/**
 * One timestep of a {@link SimpleRNN}, with its arguments. Keras: {@code
 * keras.layers.SimpleRNNCell}.
 *
 * <p>Shapes: (batch, features) → (batch, units). The weights are those of {@link SimpleRNN}.
 */
public final class SimpleRNNCell extends CellLayer<SimpleRNNCell> {

  /**
   * A cell.
   *
   * @param units the width of the output
   * @throws IllegalArgumentException if it is less than one
   */
  public SimpleRNNCell(int units) {
    super("SimpleRNNCell", units);
  }

  @Override
  SimpleRNNCell fresh() {
    return new SimpleRNNCell(units);
  }

  /** Keras makes this cell's seed generator first, that of the others last. */
  @Override
  void drawSeeds() {
    seeds.drawSeed();
    super.drawSeeds();
  }

  @Override
  Formula formula() {
    return new SimpleRNNFormula(activation);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code SimpleRNNCell.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SimpleRNNCell fromConfig(Config config) {
    Checks.notNull("SimpleRNNCell.fromConfig", "config", config);
    SimpleRNNCell layer = new SimpleRNNCell(config.integer("units")).common(config);
    layer.readCellArguments(config);
    return layer;
  }
}
