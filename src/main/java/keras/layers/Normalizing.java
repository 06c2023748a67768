package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.TensorFunction;
import keras.backend.Variable;
import keras.initializers.Initializer;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * A layer that normalizes its inputs, then scales them by {@code gamma} and moves them by {@code
 * beta}: the arguments that these bring.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
abstract class Normalizing<S extends Normalizing<S>> extends KerasLayer<S> {

  private double epsilon = 1e-3;
  private boolean center = true;
  private boolean scale = true;
  private final WeightOptions betaOptions = new WeightOptions("beta", "zeros");
  private final WeightOptions gammaOptions = new WeightOptions("gamma", "ones");
  private Variable gamma;
  private Variable beta;

  Normalizing() {
    hasSeedsToDraw();
  }

  /**
   * Sets the number that is added to the variance.
   *
   * @param value 1e-3 by default
   * @return this layer
   */
  public S epsilon(double value) {
    checkNotFrozen("epsilon");
    epsilon = value;
    return self();
  }

  /**
   * Sets whether there is a {@code beta}.
   *
   * @param value true by default
   * @return this layer
   */
  public S center(boolean value) {
    checkNotFrozen("center");
    center = value;
    return self();
  }

  /**
   * Sets whether there is a {@code gamma}.
   *
   * @param value true by default
   * @return this layer
   */
  public S scale(boolean value) {
    checkNotFrozen("scale");
    scale = value;
    return self();
  }

  /**
   * Names how {@code beta} starts.
   *
   * @param name of an initializer; {@code "zeros"} by default
   * @return this layer
   */
  public S betaInitializer(String name) {
    checkNotFrozen("betaInitializer");
    betaOptions.initializer(this, name);
    return self();
  }

  /**
   * Sets how {@code beta} starts.
   *
   * @param value an initializer; {@code "zeros"} by default
   * @return this layer
   */
  public S betaInitializer(Initializer value) {
    checkNotFrozen("betaInitializer");
    betaOptions.initializer(this, value);
    return self();
  }

  /**
   * Names a penalty on {@code beta}.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public S betaRegularizer(String name) {
    checkNotFrozen("betaRegularizer");
    betaOptions.regularizer(name);
    return self();
  }

  /**
   * Sets a penalty on {@code beta}.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public S betaRegularizer(TensorFunction function) {
    checkNotFrozen("betaRegularizer");
    betaOptions.regularizer(function);
    return self();
  }

  /**
   * Names what {@code beta} is put through after each update.
   *
   * @param name of a constraint; none by default
   * @return this layer
   */
  public S betaConstraint(String name) {
    checkNotFrozen("betaConstraint");
    betaOptions.constraint(name);
    return self();
  }

  /**
   * Sets what {@code beta} is put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return this layer
   */
  public S betaConstraint(TensorFunction function) {
    checkNotFrozen("betaConstraint");
    betaOptions.constraint(function);
    return self();
  }

  /**
   * Names how {@code gamma} starts.
   *
   * @param name of an initializer; {@code "ones"} by default
   * @return this layer
   */
  public S gammaInitializer(String name) {
    checkNotFrozen("gammaInitializer");
    gammaOptions.initializer(this, name);
    return self();
  }

  /**
   * Sets how {@code gamma} starts.
   *
   * @param value an initializer; {@code "ones"} by default
   * @return this layer
   */
  public S gammaInitializer(Initializer value) {
    checkNotFrozen("gammaInitializer");
    gammaOptions.initializer(this, value);
    return self();
  }

  /**
   * Names a penalty on {@code gamma}.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public S gammaRegularizer(String name) {
    checkNotFrozen("gammaRegularizer");
    gammaOptions.regularizer(name);
    return self();
  }

  /**
   * Sets a penalty on {@code gamma}.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public S gammaRegularizer(TensorFunction function) {
    checkNotFrozen("gammaRegularizer");
    gammaOptions.regularizer(function);
    return self();
  }

  /**
   * Names what {@code gamma} is put through after each update.
   *
   * @param name of a constraint; none by default
   * @return this layer
   */
  public S gammaConstraint(String name) {
    checkNotFrozen("gammaConstraint");
    gammaOptions.constraint(name);
    return self();
  }

  /**
   * Sets what {@code gamma} is put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return this layer
   */
  public S gammaConstraint(TensorFunction function) {
    checkNotFrozen("gammaConstraint");
    gammaOptions.constraint(function);
    return self();
  }

  @Override
  void drawSeeds() {
    betaOptions.initializer().drawSeed();
    gammaOptions.initializer().drawSeed();
  }

  final void addGammaAndBeta(Shape shape) {
    if (scale) {
      gamma = addWeight("gamma", shape, gammaOptions);
    }
    if (center) {
      beta = addWeight("beta", shape, betaOptions);
    }
  }

  /** Returns the weight that the result is scaled by, or null. */
  final Variable gamma() {
    return gamma;
  }

  /** Returns the weight that is added, or null. */
  final Variable beta() {
    return beta;
  }

  final double epsilon() {
    return epsilon;
  }

  final S normalizingFrom(Config config) {
    config.number("epsilon", this::epsilon);
    config.bool("center", this::center);
    config.bool("scale", this::scale);
    betaOptions.read(this, config);
    gammaOptions.read(this, config);
    return self();
  }

  final void writeScaling(Map<String, Object> config) {
    config.put("epsilon", epsilon);
    config.put("center", center);
    config.put("scale", scale);
  }

  final void writeInitializers(Map<String, Object> config) {
    WeightOptions.writeInitializers(config, List.of(betaOptions, gammaOptions));
  }

  final void writeRegularizersAndConstraints(Map<String, Object> config) {
    List<WeightOptions> weights = List.of(betaOptions, gammaOptions);
    WeightOptions.writeRegularizers(config, weights);
    WeightOptions.writeConstraints(config, weights);
  }
}
