package keras.layers;

import java.util.List;
import java.util.Map;
import keras.activations.Activations;
import keras.backend.TensorFunction;
import keras.initializers.Initializer;
import keras.internal.messages.Checks;
import keras.internal.ops.SeedState;
import keras.regularizers.Regularizers;
import keras.utils.Config;

/**
 * The arguments that all recurrent layers have.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class RecurrentArguments<S extends RecurrentArguments<S>> extends KernelLayer<S> {

  final WeightOptions recurrentOptions = new WeightOptions("recurrent", "orthogonal");
  final int units;
  double dropout;
  double recurrentDropout;
  final SeedState seeds = new SeedState();
  boolean returnSequences;
  boolean returnState;
  boolean goBackwards;
  boolean stateful;
  boolean unroll;
  boolean zeroOutputForMask;

  RecurrentArguments(String layer, int units) {
    super("tanh");
    this.units = Checks.positive(layer, "units", units);
  }

  /**
   * Names how {@code recurrent_kernel} starts.
   *
   * @param name of an initializer; {@code "orthogonal"} by default
   * @return this layer
   */
  public S recurrentInitializer(String name) {
    checkNotFrozen("recurrentInitializer");
    recurrentOptions.initializer(this, name);
    return self();
  }

  /**
   * Sets how {@code recurrent_kernel} starts.
   *
   * @param value an initializer; {@code "orthogonal"} by default
   * @return this layer
   */
  public S recurrentInitializer(Initializer value) {
    checkNotFrozen("recurrentInitializer");
    recurrentOptions.initializer(this, value);
    return self();
  }

  /**
   * Names a penalty on {@code recurrent_kernel}.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public S recurrentRegularizer(String name) {
    checkNotFrozen("recurrentRegularizer");
    recurrentOptions.regularizer(name);
    return self();
  }

  /**
   * Sets a penalty on {@code recurrent_kernel}.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public S recurrentRegularizer(TensorFunction function) {
    checkNotFrozen("recurrentRegularizer");
    recurrentOptions.regularizer(function);
    return self();
  }

  /**
   * Names what {@code recurrent_kernel} is put through after each update.
   *
   * @param name of a constraint; none by default
   * @return this layer
   */
  public S recurrentConstraint(String name) {
    checkNotFrozen("recurrentConstraint");
    recurrentOptions.constraint(name);
    return self();
  }

  /**
   * Sets what {@code recurrent_kernel} is put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return this layer
   */
  public S recurrentConstraint(TensorFunction function) {
    checkNotFrozen("recurrentConstraint");
    recurrentOptions.constraint(function);
    return self();
  }

  /**
   * Sets whether the outputs of all timesteps are given, or the last one only.
   *
   * @param value false by default
   * @return this layer
   */
  public S returnSequences(boolean value) {
    checkNotFrozen("returnSequences");
    returnSequences = value;
    return self();
  }

  /**
   * Sets whether the states at the end are given as well, after the output.
   *
   * @param value false by default
   * @return this layer
   */
  public S returnState(boolean value) {
    checkNotFrozen("returnState");
    returnState = value;
    return self();
  }

  /**
   * Sets whether the timesteps are gone through from last to first; the outputs come in that order.
   *
   * @param value false by default
   * @return this layer
   */
  public S goBackwards(boolean value) {
    checkNotFrozen("goBackwards");
    goBackwards = value;
    return self();
  }

  /**
   * Sets whether a batch starts with the states that the batch before it ended with, sample by
   * sample. Needs a fixed batch size.
   *
   * @param value false by default
   * @return this layer
   */
  public S stateful(boolean value) {
    checkNotFrozen("stateful");
    stateful = value;
    return self();
  }

  /**
   * Sets whether the timesteps are written out instead of looped over; needs a known number of
   * them. By default the quicker one is taken.
   *
   * @param value false by default
   * @return this layer
   */
  public S unroll(boolean value) {
    checkNotFrozen("unroll");
    unroll = value;
    return self();
  }

  /**
   * Sets whether the output of a masked timestep is zero, instead of the one before it.
   *
   * @param value false by default
   * @return this layer
   */
  public S zeroOutputForMask(boolean value) {
    checkNotFrozen("zeroOutputForMask");
    zeroOutputForMask = value;
    return self();
  }

  /**
   * Sets the fraction of the input features to drop in training, the same ones in each timestep.
   *
   * @param rate from 0, the default, to 1
   * @return this layer
   * @throws IllegalArgumentException if it is no fraction
   */
  public S dropout(double rate) {
    checkNotFrozen("dropout");
    dropout = Arguments.rate(toString(), "dropout", rate);
    return self();
  }

  /**
   * Sets the fraction of the state's units to drop in training, the same ones in each timestep.
   *
   * @param rate from 0, the default, to 1
   * @return this layer
   * @throws IllegalArgumentException if it is no fraction
   */
  public S recurrentDropout(double rate) {
    checkNotFrozen("recurrentDropout");
    recurrentDropout = Arguments.rate(toString(), "recurrentDropout", rate);
    return self();
  }

  /**
   * Fixes the random numbers of the dropout.
   *
   * @param value any number; by default a new one is drawn
   * @return this layer
   */
  public S seed(int value) {
    checkNotFrozen("seed");
    seeds.seed((long) value);
    return self();
  }

  /** With the arguments of a configuration that all recurrent layers have. */
  final S recurrentFrom(Config config) {
    common(config);
    config.bool("return_sequences", this::returnSequences);
    config.bool("return_state", this::returnState);
    config.bool("go_backwards", this::goBackwards);
    config.bool("stateful", this::stateful);
    config.bool("unroll", this::unroll);
    config.bool("zero_output_for_mask", this::zeroOutputForMask);
    readKernelArguments(config);
    recurrentOptions.read(this, config);
    config.number("dropout", this::dropout);
    config.number("recurrent_dropout", this::recurrentDropout);
    if (config.given("seed")) {
      seed(config.integer("seed"));
    }
    config.ignore("implementation");
    return self();
  }

  @Override
  public Map<String, Object> getConfig() {
    List<WeightOptions> weights = List.of(kernelOptions, recurrentOptions, biasOptions);
    Map<String, Object> config = super.getConfig();
    config.put("return_sequences", returnSequences);
    config.put("return_state", returnState);
    config.put("go_backwards", goBackwards);
    config.put("stateful", stateful);
    config.put("unroll", unroll);
    config.put("zero_output_for_mask", zeroOutputForMask);
    config.put("units", units);
    config.put("activation", Activations.serialize(activation));
    addConfig(config);
    config.put("use_bias", useBias);
    WeightOptions.writeInitializers(config, weights);
    addBiasConfig(config);
    WeightOptions.writeRegularizers(config, weights);
    config.put("activity_regularizer", Regularizers.serialize(activityRegularizer()));
    WeightOptions.writeConstraints(config, weights);
    config.put("dropout", dropout);
    config.put("recurrent_dropout", recurrentDropout);
    return config;
  }

  /** Arguments of the subclass that follow {@code activation}. */
  void addConfig(Map<String, Object> config) {}

  /** Arguments of the subclass that follow {@code bias_initializer}. */
  void addBiasConfig(Map<String, Object> config) {}
}
