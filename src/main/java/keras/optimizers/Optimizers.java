package keras.optimizers;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import keras.utils.Errors;
import keras.utils.Names;

/** Finds optimizers by name. Keras: {@code keras.optimizers.get}. */
public final class Optimizers {

  private static final Map<String, Supplier<Optimizer<?>>> KNOWN = known();

  private Optimizers() {}

  private static Map<String, Supplier<Optimizer<?>>> known() {
    Map<String, Supplier<Optimizer<?>>> names = new LinkedHashMap<>();
    names.put("adadelta", Adadelta::new);
    names.put("adagrad", Adagrad::new);
    names.put("adam", Adam::new);
    names.put("adamax", Adamax::new);
    names.put("adamw", AdamW::new);
    names.put("nadam", Nadam::new);
    names.put("rmsprop", RMSprop::new);
    names.put("sgd", SGD::new);
    return names;
  }

  /**
   * The optimizer that is meant.
   *
   * @param identifier a name such as {@code "adam"}, in upper or lower case, an {@link Optimizer},
   *     or null
   * @return a new optimizer for a name, the one given, or null for null
   * @throws IllegalArgumentException for a name that is not known or for another kind of object
   */
  public static Optimizer<?> get(Object identifier) {
    if (identifier == null) {
      return null;
    }
    if (identifier instanceof Optimizer<?> optimizer) {
      return optimizer;
    }
    if (identifier instanceof String name) {
      Supplier<Optimizer<?>> maker = KNOWN.get(name.toLowerCase(Locale.ROOT));
      if (maker == null) {
        throw Names.unknown("optimizer", name, KNOWN.keySet());
      }
      return maker.get();
    }
    throw Errors.in("Optimizers.get", "this is no optimizer.")
        .expected("a name, an Optimizer or null")
        .got(identifier + ", a " + identifier.getClass().getName())
        .fix("write \"adam\" or new Adam()")
        .argument();
  }

  /**
   * An optimizer as Keras writes it into a model's configuration. Keras: {@code
   * keras.optimizers.serialize}.
   *
   * @param optimizer what to write, or null
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}; null
   *     for null
   */
  public static Map<String, Object> serialize(Optimizer<?> optimizer) {
    if (optimizer == null) {
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("module", "keras.optimizers");
    map.put("class_name", optimizer.getClass().getSimpleName());
    map.put("config", optimizer.getConfig());
    map.put("registered_name", null);
    return map;
  }
}
