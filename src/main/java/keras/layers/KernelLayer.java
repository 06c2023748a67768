package keras.layers;

import java.util.List;
import java.util.Map;
import keras.activations.Activation;
import keras.activations.Activations;
import keras.backend.TensorFunction;
import keras.initializers.Initializer;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * A layer with a kernel, perhaps a bias, and an activation: the arguments that these bring.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class KernelLayer<S extends KernelLayer<S>> extends KerasLayer<S> {

  final WeightOptions kernelOptions = new WeightOptions("kernel", "glorot_uniform");
  final WeightOptions biasOptions = new WeightOptions("bias", "zeros");
  Activation activation;
  boolean useBias = true;

  KernelLayer(String activation) {
    this.activation = Activations.get(activation);
    hasSeedsToDraw();
  }

  @Override
  void copyFrom(S other) {
    super.copyFrom(other);
    kernelOptions.copyFrom(other.kernelOptions);
    biasOptions.copyFrom(other.biasOptions);
    activation = other.activation;
    useBias = other.useBias;
  }

  /**
   * Names what the result is put through.
   *
   * @param name of an activation; {@code "tanh"} for recurrent layers, none for others
   * @return this layer
   */
  public S activation(String name) {
    checkNotFrozen("activation");
    activation = Activations.get(name);
    return self();
  }

  /**
   * Sets what the result is put through.
   *
   * @param function an activation; {@code "tanh"} for recurrent layers, none for others
   * @return this layer
   */
  public S activation(Activation function) {
    checkNotFrozen("activation");
    activation = Activations.get(function);
    return self();
  }

  /**
   * Sets whether a bias is added.
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
   * Names how {@code kernel} starts.
   *
   * @param name of an initializer; {@code "glorot_uniform"} by default
   * @return this layer
   */
  public S kernelInitializer(String name) {
    checkNotFrozen("kernelInitializer");
    kernelOptions.initializer(this, name);
    return self();
  }

  /**
   * Sets how {@code kernel} starts.
   *
   * @param value an initializer; {@code "glorot_uniform"} by default
   * @return this layer
   */
  public S kernelInitializer(Initializer value) {
    checkNotFrozen("kernelInitializer");
    kernelOptions.initializer(this, value);
    return self();
  }

  /**
   * Names a penalty on {@code kernel}.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public S kernelRegularizer(String name) {
    checkNotFrozen("kernelRegularizer");
    kernelOptions.regularizer(name);
    return self();
  }

  /**
   * Sets a penalty on {@code kernel}.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public S kernelRegularizer(TensorFunction function) {
    checkNotFrozen("kernelRegularizer");
    kernelOptions.regularizer(function);
    return self();
  }

  /**
   * Names what {@code kernel} is put through after each update.
   *
   * @param name of a constraint; none by default
   * @return this layer
   */
  public S kernelConstraint(String name) {
    checkNotFrozen("kernelConstraint");
    kernelOptions.constraint(name);
    return self();
  }

  /**
   * Sets what {@code kernel} is put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return this layer
   */
  public S kernelConstraint(TensorFunction function) {
    checkNotFrozen("kernelConstraint");
    kernelOptions.constraint(function);
    return self();
  }

  /**
   * Names how {@code bias} starts.
   *
   * @param name of an initializer; {@code "zeros"} by default
   * @return this layer
   */
  public S biasInitializer(String name) {
    checkNotFrozen("biasInitializer");
    biasOptions.initializer(this, name);
    return self();
  }

  /**
   * Sets how {@code bias} starts.
   *
   * @param value an initializer; {@code "zeros"} by default
   * @return this layer
   */
  public S biasInitializer(Initializer value) {
    checkNotFrozen("biasInitializer");
    biasOptions.initializer(this, value);
    return self();
  }

  /**
   * Names a penalty on {@code bias}.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public S biasRegularizer(String name) {
    checkNotFrozen("biasRegularizer");
    biasOptions.regularizer(name);
    return self();
  }

  /**
   * Sets a penalty on {@code bias}.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public S biasRegularizer(TensorFunction function) {
    checkNotFrozen("biasRegularizer");
    biasOptions.regularizer(function);
    return self();
  }

  /**
   * Names what {@code bias} is put through after each update.
   *
   * @param name of a constraint; none by default
   * @return this layer
   */
  public S biasConstraint(String name) {
    checkNotFrozen("biasConstraint");
    biasOptions.constraint(name);
    return self();
  }

  /**
   * Sets what {@code bias} is put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return this layer
   */
  public S biasConstraint(TensorFunction function) {
    checkNotFrozen("biasConstraint");
    biasOptions.constraint(function);
    return self();
  }

  /** The kernel has a row for each feature. */
  /** Writes an activity regularizer, where Keras writes that there is none as well. */
  void writeActivityRegularizer(Map<String, Object> config) {}

  /** Returns the dimension that holds the features. */
  int featuresAxis(Shape shape) {
    return shape.numDimensions() - 1;
  }

  @Override
  final void checkInput(Shape first, Shape given) {
    long features = first.get(featuresAxis(first));
    long now = given.get(featuresAxis(given));
    if (now >= 0 && features != now) {
      throw Errors.in(toString(), "its weights were made for another number of features.")
          .expected("(batch, ..., " + features + "), as when it was first used")
          .got(Errors.shape(given.asArray()))
          .fix("make a new layer, or give it what fits the weights")
          .argument();
    }
  }

  @Override
  void drawSeeds() {
    kernelOptions.initializer().drawSeed();
    biasOptions.initializer().drawSeed();
  }

  /** With the arguments of a configuration that all such layers have. */
  final void readKernelArguments(Config config) {
    config.identifier("activation", identifier -> activation = Activations.get(identifier));
    config.bool("use_bias", this::useBias);
    kernelOptions.read(this, config);
    biasOptions.read(this, config);
  }

  final void writeKernelArguments(Map<String, Object> config) {
    List<WeightOptions> weights = List.of(kernelOptions, biasOptions);
    config.put("activation", Activations.serialize(activation));
    config.put("use_bias", useBias);
    WeightOptions.writeInitializers(config, weights);
    WeightOptions.writeRegularizers(config, weights);
    writeActivityRegularizer(config);
    WeightOptions.writeConstraints(config, weights);
  }
}
