package keras.layers;

import java.util.Map;
import keras.activations.Activation;
import keras.activations.Activations;
import keras.initializers.Initializer;
import keras.internal.messages.Checks;
import keras.internal.rnn.Formula;
import keras.internal.rnn.LSTMFormula;
import keras.utils.Config;

/**
 * One timestep of an {@link LSTM}, with its arguments. Keras: {@code keras.layers.LSTMCell}.
 *
 * <p>Shapes: (batch, features) → (batch, units). The weights are those of {@link LSTM}.
 */
public final class LSTMCell extends CellLayer<LSTMCell> {

  private Activation recurrentActivation = Activations.get("sigmoid");
  private boolean unitForgetBias = true;

  /**
   * A cell.
   *
   * @param units the width of the output
   * @throws IllegalArgumentException if it is less than one
   */
  public LSTMCell(int units) {
    super("LSTMCell", units);
  }

  /**
   * Names what the gates are put through.
   *
   * @param name of an activation; {@code "sigmoid"} by default
   * @return this cell
   */
  public LSTMCell recurrentActivation(String name) {
    checkNotFrozen("recurrentActivation");
    recurrentActivation = Activations.get(name);
    return this;
  }

  /**
   * Sets what the gates are put through.
   *
   * @param function an activation; {@code "sigmoid"} by default
   * @return this cell
   */
  public LSTMCell recurrentActivation(Activation function) {
    checkNotFrozen("recurrentActivation");
    recurrentActivation = Activations.get(function);
    return this;
  }

  /**
   * Sets whether the forget gate's bias starts with one (Jozefowicz et al. 2015).
   *
   * @param value true by default
   * @return this cell
   */
  public LSTMCell unitForgetBias(boolean value) {
    checkNotFrozen("unitForgetBias");
    unitForgetBias = value;
    return this;
  }

  @Override
  LSTMCell fresh() {
    return new LSTMCell(units);
  }

  @Override
  void copyFrom(LSTMCell other) {
    super.copyFrom(other);
    recurrentActivation = other.recurrentActivation;
    unitForgetBias = other.unitForgetBias;
  }

  @Override
  Formula formula() {
    return new LSTMFormula(activation, recurrentActivation);
  }

  /** Keras's implementation 1, which it takes for recurrent dropout. */
  @Override
  boolean dropsForEachGate() {
    return recurrentDropout > 0;
  }

  @Override
  Initializer startBias() {
    return unitForgetBias
        ? new ForgetGateOnes(biasOptions.initializer())
        : biasOptions.initializer();
  }

  @Override
  void addConfig(Map<String, Object> config) {
    config.put("recurrent_activation", Activations.serialize(recurrentActivation));
  }

  @Override
  void addUseBiasConfig(Map<String, Object> config) {
    config.put("unit_forget_bias", unitForgetBias);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code LSTMCell.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static LSTMCell fromConfig(Config config) {
    Checks.notNull("LSTMCell.fromConfig", "config", config);
    LSTMCell layer = new LSTMCell(config.integer("units")).common(config);
    layer.readCellArguments(config);
    config.identifier(
        "recurrent_activation", id -> layer.recurrentActivation = Activations.get(id));
    config.bool("unit_forget_bias", layer::unitForgetBias);
    return layer;
  }
}
