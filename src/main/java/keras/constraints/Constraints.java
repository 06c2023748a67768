package keras.constraints;

import java.util.Map;
import keras.backend.TensorFunction;
import keras.internal.config.Registry;
import keras.internal.config.Serialized;
import keras.internal.messages.Errors;
import keras.utils.Config;

/** Finds constraints by name. Keras: {@code keras.constraints.get}. */
public final class Constraints {

  private static final Registry<TensorFunction> KNOWN =
      new Registry<TensorFunction>("constraint", TensorFunction.class)
          .add(MaxNorm::fromConfig, "max_norm", "MaxNorm")
          .add(MinMaxNorm::fromConfig, "min_max_norm", "MinMaxNorm")
          .add(NonNeg::fromConfig, "non_neg", "NonNeg")
          .add(UnitNorm::fromConfig, "unit_norm", "UnitNorm");

  private Constraints() {}

  /**
   * Returns the constraint that is meant.
   *
   * @param identifier a name such as {@code "max_norm"}, a {@link Constraint}, a function to the
   *     same shape, a map with {@code class_name} and {@code config} as Keras writes it, or null
   * @return a new constraint for a name or a map, the one given, or null for null
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
      return KNOWN.deserialize(Config.of("Constraints.get", map));
    }
    throw Errors.in("Constraints.get", "this is no constraint.")
        .expected("a name, a Constraint, a TensorFunction or null")
        .got(identifier + ", a " + identifier.getClass().getName())
        .fix("write \"max_norm\" or new MaxNorm()")
        .argument();
  }

  /**
   * Returns a constraint as Keras writes it into a model's configuration. Keras: {@code
   * keras.constraints.serialize}.
   *
   * @param constraint the object to write, or null
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}; null
   *     for null; a function is written by the name of its class, which cannot be read back
   */
  public static Map<String, Object> serialize(TensorFunction constraint) {
    if (constraint == null) {
      return null;
    }
    return constraint instanceof Constraint known
        ? Serialized.object(known, "keras.constraints", known.getConfig())
        : Serialized.function(constraint.getClass().getSimpleName());
  }
}
