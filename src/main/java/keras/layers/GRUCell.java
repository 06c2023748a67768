package keras.layers;

import java.util.Map;
import keras.activations.Activation;
import keras.activations.Activations;
import keras.internal.messages.Checks;
import keras.internal.rnn.Formula;
import keras.internal.rnn.GRUFormula;
import keras.utils.Config;

/**
 * One timestep of a {@link GRU}, with its arguments. Keras: {@code keras.layers.GRUCell}.
 *
 * <p>Shapes: (batch, features) → (batch, units). The weights are those of {@link GRU}.
 */
public final class GRUCell extends CellLayer<GRUCell> {

  private Activation recurrentActivation = Activations.get("sigmoid");
  private boolean resetAfter = true;

  /**
   * A GRU layer.
   *
   * @param units the width of the output
   * @throws IllegalArgumentException if it is less than one
   */
  public GRUCell(int units) {
    super("GRUCell", units);
  }

  /**
   * Names what the update and the reset gate are put through.
   *
   * @param name of an activation; {@code "sigmoid"} by default
   * @return this cell
   */
  public GRUCell recurrentActivation(String name) {
    checkNotFrozen("recurrentActivation");
    recurrentActivation = Activations.get(name);
    return this;
  }

  /**
   * Sets what the update and the reset gate are put through.
   *
   * @param function an activation; {@code "sigmoid"} by default
   * @return this cell
   */
  public GRUCell recurrentActivation(Activation function) {
    checkNotFrozen("recurrentActivation");
    recurrentActivation = Activations.get(function);
    return this;
  }

  /**
   * Sets whether the reset gate is applied after the product with the recurrent kernel, as cuDNN
   * does, or before it. It changes the shape of the bias.
   *
   * @param value true by default
   * @return this cell
   */
  public GRUCell resetAfter(boolean value) {
    checkNotFrozen("resetAfter");
    resetAfter = value;
    return this;
  }

  @Override
  GRUCell fresh() {
    return new GRUCell(units);
  }

  @Override
  void copyFrom(GRUCell other) {
    super.copyFrom(other);
    recurrentActivation = other.recurrentActivation;
    resetAfter = other.resetAfter;
  }

  @Override
  Formula formula() {
    return new GRUFormula(activation, recurrentActivation, resetAfter);
  }

  /** Keras's implementation 1, which it takes for recurrent dropout. */
  @Override
  boolean dropsForEachGate() {
    return recurrentDropout > 0;
  }

  @Override
  void addConfig(Map<String, Object> config) {
    config.put("recurrent_activation", Activations.serialize(recurrentActivation));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code GRUCell.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static GRUCell fromConfig(Config config) {
    Checks.notNull("GRUCell.fromConfig", "config", config);
    GRUCell layer = new GRUCell(config.integer("units")).common(config);
    layer.readCellArguments(config);
    config.identifier(
        "recurrent_activation", id -> layer.recurrentActivation = Activations.get(id));
    config.bool("reset_after", layer::resetAfter);
    return layer;
  }

  @Override
  void addLastConfig(Map<String, Object> config) {
    config.put("reset_after", resetAfter);
  }
}
