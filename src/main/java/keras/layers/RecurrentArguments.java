package keras.layers;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.activations.Activation;
import keras.activations.Activations;
import keras.backend.TensorFunction;
import keras.constraints.Constraints;
import keras.initializers.Initializer;
import keras.initializers.Initializers;
import keras.random.SeedOrder;
import keras.regularizers.Regularizers;
import keras.utils.Config;

/**
 * The arguments that all recurrent layers have.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class RecurrentArguments<S extends RecurrentArguments<S>> extends Layer<S> {

  final int units;
  Activation activation = Activations.get("tanh");
  boolean useBias = true;
  Initializer kernelInitializer = Initializers.get("glorot_uniform");
  Initializer recurrentInitializer = Initializers.get("orthogonal");
  Initializer biasInitializer = Initializers.get("zeros");
  TensorFunction kernelRegularizer;
  TensorFunction recurrentRegularizer;
  TensorFunction biasRegularizer;
  TensorFunction kernelConstraint;
  TensorFunction recurrentConstraint;
  TensorFunction biasConstraint;
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
    this.units = Arguments.positive(layer, "units", units);
    SeedOrder.add(this);
  }

  @SuppressWarnings("unchecked")
  private S self() {
    return (S) this;
  }

  /**
   * What the new state is put through.
   *
   * @param identifier an {@link Activation}, its name, or null for none; {@code "tanh"} by default
   * @return this layer
   */
  public S activation(Object identifier) {
    checkNotFrozen("activation");
    activation = Activations.get(identifier);
    return self();
  }

  /**
   * The first value of {@code kernel}, (features, columns).
   *
   * @param identifier an {@link Initializer} or its name; {@code "glorot_uniform"} by default
   * @return this layer
   */
  public S kernelInitializer(Object identifier) {
    checkNotFrozen("kernelInitializer");
    kernelInitializer = Arguments.initializer(this, "kernelInitializer", identifier);
    return self();
  }

  /**
   * The first value of {@code recurrent_kernel}, (units, columns).
   *
   * @param identifier an {@link Initializer} or its name; {@code "orthogonal"} by default
   * @return this layer
   */
  public S recurrentInitializer(Object identifier) {
    checkNotFrozen("recurrentInitializer");
    recurrentInitializer = Arguments.initializer(this, "recurrentInitializer", identifier);
    return self();
  }

  /**
   * The first value of {@code bias}, (columns).
   *
   * @param identifier an {@link Initializer} or its name; {@code "zeros"} by default
   * @return this layer
   */
  public S biasInitializer(Object identifier) {
    checkNotFrozen("biasInitializer");
    biasInitializer = Arguments.initializer(this, "biasInitializer", identifier);
    return self();
  }

  /**
   * A penalty on {@code kernel}.
   *
   * @param identifier a regularizer, its name, or null for none (the default)
   * @return this layer
   */
  public S kernelRegularizer(Object identifier) {
    checkNotFrozen("kernelRegularizer");
    kernelRegularizer = Regularizers.get(identifier);
    return self();
  }

  /**
   * A penalty on {@code recurrent_kernel}.
   *
   * @param identifier a regularizer, its name, or null for none (the default)
   * @return this layer
   */
  public S recurrentRegularizer(Object identifier) {
    checkNotFrozen("recurrentRegularizer");
    recurrentRegularizer = Regularizers.get(identifier);
    return self();
  }

  /**
   * A penalty on {@code bias}.
   *
   * @param identifier a regularizer, its name, or null for none (the default)
   * @return this layer
   */
  public S biasRegularizer(Object identifier) {
    checkNotFrozen("biasRegularizer");
    biasRegularizer = Regularizers.get(identifier);
    return self();
  }

  /**
   * What {@code kernel} is put through after each update.
   *
   * @param identifier a constraint, its name, or null for none (the default)
   * @return this layer
   */
  public S kernelConstraint(Object identifier) {
    checkNotFrozen("kernelConstraint");
    kernelConstraint = Constraints.get(identifier);
    return self();
  }

  /**
   * What {@code recurrent_kernel} is put through after each update.
   *
   * @param identifier a constraint, its name, or null for none (the default)
   * @return this layer
   */
  public S recurrentConstraint(Object identifier) {
    checkNotFrozen("recurrentConstraint");
    recurrentConstraint = Constraints.get(identifier);
    return self();
  }

  /**
   * What {@code bias} is put through after each update.
   *
   * @param identifier a constraint, its name, or null for none (the default)
   * @return this layer
   */
  public S biasConstraint(Object identifier) {
    checkNotFrozen("biasConstraint");
    biasConstraint = Constraints.get(identifier);
    return self();
  }

  /**
   * Whether a bias is added.
   *
   * @param value true by default
   * @return this layer
   */
  public S useBias(boolean value) {
    checkNotFrozen("useBias");
    useBias = value;
    return self();
  }

  /**
   * Whether the outputs of all timesteps are given, or the last one only.
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
   * Whether the states at the end are given as well, after the output.
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
   * Whether the timesteps are gone through from last to first; the outputs come in that order.
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
   * Whether a batch starts with the states that the batch before it ended with, sample by sample.
   * Needs a fixed batch size.
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
   * Whether the timesteps are written out instead of looped over; needs a known number of them. By
   * default the quicker one is taken.
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
   * Whether the output of a masked timestep is zero, instead of the one before it.
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
   * The fraction of the input features to drop in training, the same ones in each timestep.
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
   * The fraction of the state's units to drop in training, the same ones in each timestep.
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
    config.identifier("activation", this::activation);
    config.bool("use_bias", this::useBias);
    config.object("kernel_initializer", this::kernelInitializer);
    config.identifier("kernel_regularizer", this::kernelRegularizer);
    config.identifier("kernel_constraint", this::kernelConstraint);
    config.object("recurrent_initializer", this::recurrentInitializer);
    config.identifier("recurrent_regularizer", this::recurrentRegularizer);
    config.identifier("recurrent_constraint", this::recurrentConstraint);
    config.object("bias_initializer", this::biasInitializer);
    config.identifier("bias_regularizer", this::biasRegularizer);
    config.identifier("bias_constraint", this::biasConstraint);
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
    Map<String, Object> config = new LinkedHashMap<>(super.getConfig());
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
    config.put("kernel_initializer", Initializers.serialize(kernelInitializer));
    config.put("recurrent_initializer", Initializers.serialize(recurrentInitializer));
    config.put("bias_initializer", Initializers.serialize(biasInitializer));
    addBiasConfig(config);
    config.put("kernel_regularizer", Regularizers.serialize(kernelRegularizer));
    config.put("recurrent_regularizer", Regularizers.serialize(recurrentRegularizer));
    config.put("bias_regularizer", Regularizers.serialize(biasRegularizer));
    config.put("activity_regularizer", Regularizers.serialize(activityRegularizer()));
    config.put("kernel_constraint", Constraints.serialize(kernelConstraint));
    config.put("recurrent_constraint", Constraints.serialize(recurrentConstraint));
    config.put("bias_constraint", Constraints.serialize(biasConstraint));
    config.put("dropout", dropout);
    config.put("recurrent_dropout", recurrentDropout);
    return config;
  }

  /** Arguments of the subclass that follow {@code activation}. */
  void addConfig(Map<String, Object> config) {}

  /** Arguments of the subclass that follow {@code bias_initializer}. */
  void addBiasConfig(Map<String, Object> config) {}
}
