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
 * The arguments that recurrent layers and their cells have in common.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class CellArguments<S extends CellArguments<S>> extends KernelLayer<S> {

  final WeightOptions recurrentOptions = new WeightOptions("recurrent", "orthogonal");
  final int units;
  double dropout;
  double recurrentDropout;
  final SeedState seeds = new SeedState();

  CellArguments(String layer, int units) {
    super("tanh");
    this.units = Checks.positive(layer, "units", units);
  }

  @Override
  void copyFrom(S other) {
    super.copyFrom(other);
    recurrentOptions.copyFrom(other.recurrentOptions);
    dropout = other.dropout;
    recurrentDropout = other.recurrentDropout;
    seeds.seed(other.seeds.given());
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

  /** Takes the arguments of a configuration that a cell has. */
  final void readCellArguments(Config config) {
    readKernelArguments(config);
    recurrentOptions.read(this, config);
    config.number("dropout", this::dropout);
    config.number("recurrent_dropout", this::recurrentDropout);
    if (config.given("seed")) {
      seed(config.integer("seed"));
    }
    config.ignore("implementation");
  }

  /** Adds the arguments that a cell has. */
  final void addCellConfig(Map<String, Object> config) {
    List<WeightOptions> weights = List.of(kernelOptions, recurrentOptions, biasOptions);
    addSizeConfig(config);
    config.put("activation", Activations.serialize(activation));
    addConfig(config);
    config.put("use_bias", useBias);
    addUseBiasConfig(config);
    WeightOptions.writeInitializers(config, weights);
    addBiasConfig(config);
    WeightOptions.writeRegularizers(config, weights);
    addActivityRegularizer(config);
    WeightOptions.writeConstraints(config, weights);
    config.put("dropout", dropout);
    config.put("recurrent_dropout", recurrentDropout);
  }

  /** Arguments of the subclass that say how large it is. */
  void addSizeConfig(Map<String, Object> config) {
    config.put("units", units);
  }

  /** Layers have one, cells have none. */
  void addActivityRegularizer(Map<String, Object> config) {
    config.put("activity_regularizer", Regularizers.serialize(activityRegularizer()));
  }

  /** Arguments of the subclass that follow {@code activation}. */
  void addConfig(Map<String, Object> config) {}

  /** Arguments of the subclass that follow {@code use_bias}. */
  void addUseBiasConfig(Map<String, Object> config) {}

  /** Arguments of the subclass that follow {@code bias_initializer}. */
  void addBiasConfig(Map<String, Object> config) {}
}
