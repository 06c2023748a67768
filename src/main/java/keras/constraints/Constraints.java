package keras.constraints;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import keras.backend.TensorFunction;
import keras.utils.Errors;
import keras.utils.Names;
import keras.utils.Serialized;

/** Finds constraints by name. Keras: {@code keras.constraints.get}. */
public final class Constraints {

  private static final Map<String, Supplier<Constraint>> KNOWN = known();

  private Constraints() {}

  private static Map<String, Supplier<Constraint>> known() {
    Map<String, Supplier<Constraint>> names = new LinkedHashMap<>();
    add(names, MaxNorm::new, "max_norm", "MaxNorm");
    add(names, MinMaxNorm::new, "min_max_norm", "MinMaxNorm");
    add(names, NonNeg::new, "non_neg", "NonNeg");
    add(names, UnitNorm::new, "unit_norm", "UnitNorm");
    return names;
  }

  private static void add(
      Map<String, Supplier<Constraint>> to, Supplier<Constraint> maker, String... names) {
    for (String name : names) {
      to.put(name, maker);
    }
  }

  /**
   * The constraint that is meant.
   *
   * @param identifier a name such as {@code "max_norm"}, a {@link Constraint}, a function to the
   *     same shape, or null
   * @return a new constraint for a name, the one given, or null for null
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
      Supplier<Constraint> maker = KNOWN.get(name);
      if (maker == null) {
        throw Names.unknown("constraint", name, KNOWN.keySet());
      }
      return maker.get();
    }
    throw Errors.in("Constraints.get", "this is no constraint.")
        .expected("a name, a Constraint, a TensorFunction or null")
        .got(identifier + ", a " + identifier.getClass().getName())
        .fix("write \"max_norm\" or new MaxNorm()")
        .argument();
  }

  /**
   * A constraint as Keras writes it into a model's configuration. Keras: {@code
   * keras.constraints.serialize}.
   *
   * @param constraint what to write, or null
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}; null
   *     for null; a function is written by the name of its class, which cannot be read back
   */
  public static Map<String, Object> serialize(TensorFunction constraint) {
    if (constraint == null) {
      return null;
    }
    return constraint instanceof Constraint known
        ? Serialized.known("keras.constraints", known.getClass().getSimpleName(), known.getConfig())
        : Serialized.function(constraint.getClass().getSimpleName());
  }
}
