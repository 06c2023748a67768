package keras.layers;

import java.util.List;
import keras.backend.TensorFunction;
import keras.initializers.Initializer;

/**
 * A layer with a kernel and perhaps a bias: the arguments that these bring.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class ProductLayer<S extends ProductLayer<S>> extends BiasLayer<S> {

  final WeightOptions kernelOptions = new WeightOptions("kernel", "glorot_uniform");

  ProductLayer() {}

  @Override
  void copyFrom(S other) {
    super.copyFrom(other);
    kernelOptions.copyFrom(other.kernelOptions);
  }

  @Override
  List<WeightOptions> weightOptions() {
    return List.of(kernelOptions, biasOptions);
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
}
