package keras.layers;

import java.util.Map;
import keras.activations.Activation;
import keras.activations.Activations;
import keras.utils.Config;

/**
 * A layer with a kernel, perhaps a bias, and an activation: the arguments that these bring.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class KernelLayer<S extends KernelLayer<S>> extends ProductLayer<S> {

  Activation activation;
  boolean useBias = true;

  KernelLayer(String activation) {
    this.activation = Activations.get(activation);
  }

  @Override
  void copyFrom(S other) {
    super.copyFrom(other);
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

  /** With the arguments of a configuration that all such layers have. */
  final void readKernelArguments(Config config) {
    config.identifier("activation", identifier -> activation = Activations.get(identifier));
    config.bool("use_bias", this::useBias);
    readWeights(config);
  }

  final void writeKernelArguments(Map<String, Object> config) {
    config.put("activation", Activations.serialize(activation));
    config.put("use_bias", useBias);
    writeWeights(config);
  }
}
