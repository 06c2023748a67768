package keras.layers;

import java.util.Optional;
import keras.activations.Activations;
import keras.internal.messages.Checks;
import keras.internal.messages.Warnings;
import keras.internal.rnn.CudnnMode;
import keras.internal.rnn.Formula;
import keras.internal.rnn.SimpleRNNFormula;
import keras.regularizers.Regularizers;
import keras.utils.Config;

/**
 * A fully-connected recurrent layer whose output is fed back as its state (Elman 1990). Keras:
 * {@code keras.layers.SimpleRNN}.
 *
 * <p>Shapes: (batch, timesteps, features) → (batch, units), or (batch, timesteps, units) with
 * {@code returnSequences(true)}. Weights: {@code kernel} (features, units), {@code
 * recurrent_kernel} (units, units), {@code bias} (units).
 */
public final class SimpleRNN extends Recurrent<SimpleRNN> {

  /**
   * A simple recurrent layer.
   *
   * @param units the width of the output
   * @throws IllegalArgumentException if it is less than one
   */
  public SimpleRNN(int units) {
    super("SimpleRNN", units);
  }

  /** Keras makes this cell's seed generator first, that of the others last. */
  @Override
  void drawSeeds() {
    drawGeneratorSeed();
    super.drawSeeds();
  }

  @Override
  SimpleRNN fresh() {
    return new SimpleRNN(units);
  }

  @Override
  Formula cell() {
    return new SimpleRNNFormula(activation);
  }

  @Override
  Optional<CudnnMode> cudnnMode() {
    if (unroll || recurrentDropout > 0) {
      return Optional.empty();
    }
    if (activation == Activations.tanh()) {
      return Optional.of(CudnnMode.RNN_TANH);
    }
    return activation == Activations.relu() ? Optional.of(CudnnMode.RNN_RELU) : Optional.empty();
  }

  /** Porting note: Keras 3.15.1 takes this argument and drops it, in this layer alone. */
  @Override
  SimpleRNN activityRegularized(Object identifier) {
    checkNotFrozen("activityRegularizer");
    if (Regularizers.get(identifier) != null) {
      Warnings.warn(
          SimpleRNN.class,
          "SimpleRNN: activityRegularizer has no effect. Keras 3.15.1 drops it as well.");
    }
    return this;
  }

  /**
   * Returns a layer of its arguments. Keras: {@code SimpleRNN.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SimpleRNN fromConfig(Config config) {
    Checks.notNull("SimpleRNN.fromConfig", "config", config);
    return new SimpleRNN(config.integer("units")).recurrentFrom(config);
  }
}
