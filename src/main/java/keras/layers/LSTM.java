package keras.layers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.activations.Activation;
import keras.activations.Activations;
import keras.backend.Variable;
import keras.initializers.Initializer;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.rnn.CudnnMode;
import keras.internal.rnn.FeatureMajorLSTM;
import keras.internal.rnn.Formula;
import keras.internal.rnn.FusedLSTM;
import keras.internal.rnn.LSTMFormula;
import keras.internal.rnn.Recurrence;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997). Keras: {@code keras.layers.LSTM}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, units), or (batch, timesteps, units) with
 * {@code returnSequences(true)}. Weights, gates in the order i, f, c, o: {@code kernel} (features,
 * 4 * units), {@code recurrent_kernel} (units, 4 * units), {@code bias} (4 * units).
 */
public final class LSTM extends Recurrent<LSTM> {

  private Activation recurrentActivation = Activations.get("sigmoid");
  private boolean unitForgetBias = true;

  /**
   * An LSTM layer.
   *
   * @param units the width of the output
   * @throws IllegalArgumentException if it is less than one
   */
  public LSTM(int units) {
    super("LSTM", units);
  }

  /**
   * Names what the gates are put through.
   *
   * @param name of an activation; {@code "sigmoid"} by default
   * @return this layer
   */
  public LSTM recurrentActivation(String name) {
    checkNotFrozen("recurrentActivation");
    recurrentActivation = Activations.get(name);
    return this;
  }

  /**
   * Sets what the gates are put through.
   *
   * @param function an activation; {@code "sigmoid"} by default
   * @return this layer
   */
  public LSTM recurrentActivation(Activation function) {
    checkNotFrozen("recurrentActivation");
    recurrentActivation = Activations.get(function);
    return this;
  }

  /**
   * Sets whether the forget gate's bias starts with one (Jozefowicz et al. 2015).
   *
   * @param value true by default
   * @return this layer
   */
  public LSTM unitForgetBias(boolean value) {
    checkNotFrozen("unitForgetBias");
    unitForgetBias = value;
    return this;
  }

  @Override
  LSTM fresh() {
    return new LSTM(units);
  }

  @Override
  void copyFrom(LSTM other) {
    super.copyFrom(other);
    recurrentActivation = other.recurrentActivation;
    unitForgetBias = other.unitForgetBias;
  }

  @Override
  Formula cell() {
    return new LSTMFormula(activation, recurrentActivation);
  }

  @Override
  boolean canFuse() {
    return !unroll
        && recurrentDropout == 0
        && activation == Activations.tanh()
        && recurrentActivation == Activations.sigmoid();
  }

  @Override
  Recurrence fuse(
      Tape tape, Operand<TFloat32> x, List<Variable> weights, List<Operand<TFloat32>> start) {
    Ops tf = tape.tf();
    Operand<TFloat32> kernel = tape.value(weights.get(0));
    Operand<TFloat32> recurrentKernel = tape.value(weights.get(1));
    if (!tape.training() && !returnSequences && FeatureMajorLSTM.pays(x, units)) {
      Operand<TFloat32> bias =
          useBias
              ? tape.value(weights.get(2))
              : tf.zeros(tf.constant(new long[] {4L * units}), TFloat32.class);
      return new FeatureMajorLSTM(tf, x, kernel, recurrentKernel, bias, start);
    }
    List<Operand<TFloat32>> prepared =
        tape.derived(
            FusedLSTM.preparation(x, units),
            weights,
            all ->
                FusedLSTM.prepared(
                    tf, x, all.get(0), all.get(1), all.size() > 2 ? all.get(2) : null));
    return new FusedLSTM(tf, x, kernel, recurrentKernel, prepared, start);
  }

  @Override
  Optional<CudnnMode> cudnnMode() {
    return canFuse() ? Optional.of(CudnnMode.LSTM) : Optional.empty();
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
  void addBiasConfig(Map<String, Object> config) {
    config.put("unit_forget_bias", unitForgetBias);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code LSTM.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static LSTM fromConfig(Config config) {
    Checks.notNull("LSTM.fromConfig", "config", config);
    LSTM layer = new LSTM(config.integer("units")).recurrentFrom(config);
    config.identifier(
        "recurrent_activation", id -> layer.recurrentActivation = Activations.get(id));
    config.bool("unit_forget_bias", layer::unitForgetBias);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("seed", seeds.given());
    return config;
  }
}
