package keras.layers;

import java.util.Map;
import java.util.Optional;
import keras.activations.Activation;
import keras.activations.Activations;
import keras.internal.messages.Checks;
import keras.internal.rnn.CudnnMode;
import keras.internal.rnn.Formula;
import keras.internal.rnn.GRUFormula;
import keras.utils.Config;

/**
 * Gated recurrent unit (Cho et al. 2014). Keras: {@code keras.layers.GRU}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, units), or (batch, timesteps, units) with
 * {@code returnSequences(true)}. Weights, gates in the order z, r, h (update, reset, candidate):
 * {@code kernel} (features, 3 * units), {@code recurrent_kernel} (units, 3 * units), {@code bias}
 * (2, 3 * units), its first row for the inputs, its second for the state; (3 * units) with {@code
 * resetAfter(false)}.
 */
public final class GRU extends Recurrent<GRU> {

  private Activation recurrentActivation = Activations.get("sigmoid");
  private boolean resetAfter = true;

  /**
   * A GRU layer.
   *
   * @param units the width of the output
   * @throws IllegalArgumentException if it is less than one
   */
  public GRU(int units) {
    super("GRU", units);
  }

  /**
   * Names what the update and the reset gate are put through.
   *
   * @param name of an activation; {@code "sigmoid"} by default
   * @return this layer
   */
  public GRU recurrentActivation(String name) {
    checkNotFrozen("recurrentActivation");
    recurrentActivation = Activations.get(name);
    return this;
  }

  /**
   * Sets what the update and the reset gate are put through.
   *
   * @param function an activation; {@code "sigmoid"} by default
   * @return this layer
   */
  public GRU recurrentActivation(Activation function) {
    checkNotFrozen("recurrentActivation");
    recurrentActivation = Activations.get(function);
    return this;
  }

  /**
   * Sets whether the reset gate is applied after the product with the recurrent kernel, as cuDNN
   * does, or before it. It changes the shape of the bias.
   *
   * @param value true by default
   * @return this layer
   */
  public GRU resetAfter(boolean value) {
    checkNotFrozen("resetAfter");
    resetAfter = value;
    return this;
  }

  @Override
  GRU fresh() {
    return new GRU(units);
  }

  @Override
  void copyFrom(GRU other) {
    super.copyFrom(other);
    recurrentActivation = other.recurrentActivation;
    resetAfter = other.resetAfter;
  }

  @Override
  Formula cell() {
    return new GRUFormula(activation, recurrentActivation, resetAfter);
  }

  @Override
  Optional<CudnnMode> cudnnMode() {
    boolean computesTheSame =
        resetAfter
            && !unroll
            && recurrentDropout == 0
            && activation == Activations.tanh()
            && recurrentActivation == Activations.sigmoid();
    return computesTheSame ? Optional.of(CudnnMode.GRU) : Optional.empty();
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
   * Returns a layer of its arguments. Keras: {@code GRU.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static GRU fromConfig(Config config) {
    Checks.notNull("GRU.fromConfig", "config", config);
    GRU layer = new GRU(config.integer("units")).recurrentFrom(config);
    config.identifier(
        "recurrent_activation", id -> layer.recurrentActivation = Activations.get(id));
    config.bool("reset_after", layer::resetAfter);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("reset_after", resetAfter);
    config.put("seed", seeds.given());
    return config;
  }
}
