package keras.regularizers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import keras.backend.TensorFunction;
import keras.utils.Errors;
import keras.utils.Names;
import keras.utils.Serialized;

/** Finds regularizers by name. Keras: {@code keras.regularizers.get}. */
public final class Regularizers {

  private static final Map<String, Supplier<Regularizer>> KNOWN = known();

  private Regularizers() {}

  private static Map<String, Supplier<Regularizer>> known() {
    Map<String, Supplier<Regularizer>> names = new LinkedHashMap<>();
    add(names, L1::new, "l1", "L1");
    add(names, L2::new, "l2", "L2");
    add(names, L1L2::new, "l1l2", "L1L2");
    add(names, OrthogonalRegularizer::new, "orthogonal_regularizer", "OrthogonalRegularizer");
    return names;
  }

  private static void add(
      Map<String, Supplier<Regularizer>> to, Supplier<Regularizer> maker, String... names) {
    for (String name : names) {
      to.put(name, maker);
    }
  }

  /**
   * The regularizer that is meant.
   *
   * @param identifier a name such as {@code "l2"}, a {@link Regularizer}, a function to a scalar,
   *     or null
   * @return a new regularizer for a name, the one given, or null for null
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
      Supplier<Regularizer> maker = KNOWN.get(name);
      if (maker == null) {
        throw Names.unknown("regularizer", name, KNOWN.keySet());
      }
      return maker.get();
    }
    throw Errors.in("Regularizers.get", "this is no regularizer.")
        .expected("a name, a Regularizer, a TensorFunction or null")
        .got(identifier + ", a " + identifier.getClass().getName())
        .fix("write \"l2\" or new L2()")
        .argument();
  }

  /**
   * A regularizer as Keras writes it into a model's configuration. Keras: {@code
   * keras.regularizers.serialize}.
   *
   * @param regularizer what to write, or null
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}; null
   *     for null; a function is written by the name of its class, which cannot be read back
   */
  public static Map<String, Object> serialize(TensorFunction regularizer) {
    if (regularizer == null) {
      return null;
    }
    return regularizer instanceof Regularizer known
        ? Serialized.known(
            "keras.regularizers", known.getClass().getSimpleName(), known.getConfig())
        : Serialized.function(regularizer.getClass().getSimpleName());
  }
}
