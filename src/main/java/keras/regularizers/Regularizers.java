package keras.regularizers;

import java.util.Map;
import keras.backend.TensorFunction;
import keras.internal.config.Registry;
import keras.internal.config.Serialized;
import keras.internal.messages.Errors;
import keras.utils.Config;

/** Finds regularizers by name. Keras: {@code keras.regularizers.get}. */
public final class Regularizers {

  private static final Registry<TensorFunction> KNOWN =
      new Registry<TensorFunction>("regularizer", TensorFunction.class)
          .add(L1::fromConfig, "l1", "L1")
          .add(L2::fromConfig, "l2", "L2")
          .add(L1L2::fromConfig, "l1l2", "L1L2")
          .add(
              OrthogonalRegularizer::fromConfig, "orthogonal_regularizer", "OrthogonalRegularizer");

  private Regularizers() {}

  /**
   * Returns the regularizer that is meant.
   *
   * @param identifier a name such as {@code "l2"}, a {@link Regularizer}, a function to a scalar, a
   *     map with {@code class_name} and {@code config} as Keras writes it, or null
   * @return a new regularizer for a name or a map, the one given, or null for null
   * @throws IllegalArgumentException for a name that is not known or for another kind of object
   */
  public static TensorFunction get(Object identifier) {
    if (identifier == null) {
      return null;
    }
    if (identifier instanceof TensorFunction function) {
      return function;
    }
    if (identifier instanceof String name) {
      return KNOWN.named(name);
    }
    if (identifier instanceof Config config) {
      return KNOWN.deserialize(config);
    }
    if (identifier instanceof Map<?, ?> map && map.containsKey("class_name")) {
      return KNOWN.deserialize(Config.of("Regularizers.get", map));
    }
    throw Errors.in("Regularizers.get", "this is no regularizer.")
        .expected("a name, a Regularizer, a TensorFunction or null")
        .got(identifier + ", a " + identifier.getClass().getName())
        .fix("write \"l2\" or new L2()")
        .argument();
  }

  /**
   * Returns a regularizer as Keras writes it into a model's configuration. Keras: {@code
   * keras.regularizers.serialize}.
   *
   * @param regularizer the object to write, or null
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}; null
   *     for null; a function is written by the name of its class, which cannot be read back
   */
  public static Map<String, Object> serialize(TensorFunction regularizer) {
    if (regularizer == null) {
      return null;
    }
    return regularizer instanceof Regularizer known
        ? Serialized.object(known, "keras.regularizers", known.getConfig())
        : Serialized.function(regularizer.getClass().getSimpleName());
  }
}
