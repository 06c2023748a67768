package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.TensorFunction;
import keras.constraints.Constraints;
import keras.initializers.Initializer;
import keras.initializers.Initializers;
import keras.internal.messages.Errors;
import keras.regularizers.Regularizers;
import keras.utils.Config;

/**
 * The arguments of a weight: how it starts, what it adds to the loss, what it is put through after
 * each update, whether it is trained. Keras: the arguments of {@code layer.add_weight}.
 */
public final class WeightOptions {

  private final String prefix;
  private Initializer initializer;
  private TensorFunction regularizer;
  private TensorFunction constraint;
  private boolean trainable = true;

  /**
   * The arguments of one weight of a layer.
   *
   * @param prefix the beginning of the arguments' names, as {@code kernel} in {@code
   *     kernel_initializer}
   * @param initializer the default
   */
  WeightOptions(String prefix, String initializer) {
    this.prefix = prefix;
    this.initializer = Initializers.get(initializer);
  }

  /**
   * Names how the weight starts.
   *
   * @param name of an initializer; {@code "glorot_uniform"} by default
   * @return these options
   */
  public WeightOptions initializer(String name) {
    return initializer(prefix, name);
  }

  /**
   * Sets how the weight starts.
   *
   * @param value an initializer
   * @return these options
   */
  public WeightOptions initializer(Initializer value) {
    return initializer(prefix, value);
  }

  /**
   * Names a penalty on the weight.
   *
   * @param name of a regularizer; none by default
   * @return these options
   */
  public WeightOptions regularizer(String name) {
    regularizer = Regularizers.get(name);
    return this;
  }

  /**
   * Sets a penalty on the weight.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return these options
   */
  public WeightOptions regularizer(TensorFunction function) {
    regularizer = function;
    return this;
  }

  /**
   * Names what the weight is put through after each update.
   *
   * @param name of a constraint; none by default
   * @return these options
   */
  public WeightOptions constraint(String name) {
    constraint = Constraints.get(name);
    return this;
  }

  /**
   * Sets what the weight is put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return these options
   */
  public WeightOptions constraint(TensorFunction function) {
    constraint = function;
    return this;
  }

  /**
   * Sets whether training may change the weight.
   *
   * @param value true by default; a weight with false stays so, whatever {@code trainable} of its
   *     layer is
   * @return these options
   */
  public WeightOptions trainable(boolean value) {
    trainable = value;
    return this;
  }

  /** Returns the initializer that is meant; a weight cannot do without. */
  WeightOptions initializer(Object where, Object identifier) {
    Initializer meant = Initializers.get(identifier);
    if (meant == null) {
      throw Errors.in(where + "." + prefix + "Initializer", "there is no initializer.")
          .expected("an initializer, or its name")
          .got("null")
          .fix("leave " + prefix + "Initializer out to have the default")
          .argument();
    }
    initializer = meant;
    return this;
  }

  Initializer initializer() {
    return initializer;
  }

  /** Takes the arguments of another layer's weight. */
  void copyFrom(WeightOptions other) {
    initializer = other.initializer.copy();
    regularizer = other.regularizer;
    constraint = other.constraint;
    trainable = other.trainable;
  }

  TensorFunction regularizer() {
    return regularizer;
  }

  TensorFunction constraint() {
    return constraint;
  }

  boolean trainable() {
    return trainable;
  }

  /** Takes the arguments from a layer's configuration. */
  void read(Layer<?> layer, Config config) {
    config.object(prefix + "_initializer", identifier -> initializer(layer, identifier));
    config.identifier(prefix + "_regularizer", id -> regularizer = Regularizers.get(id));
    config.identifier(prefix + "_constraint", id -> constraint = Constraints.get(id));
  }

  static void writeInitializers(Map<String, Object> config, List<WeightOptions> weights) {
    weights.forEach(
        w -> config.put(w.prefix + "_initializer", Initializers.serialize(w.initializer)));
  }

  static void writeRegularizers(Map<String, Object> config, List<WeightOptions> weights) {
    weights.forEach(
        w -> config.put(w.prefix + "_regularizer", Regularizers.serialize(w.regularizer)));
  }

  static void writeConstraints(Map<String, Object> config, List<WeightOptions> weights) {
    weights.forEach(w -> config.put(w.prefix + "_constraint", Constraints.serialize(w.constraint)));
  }
}
