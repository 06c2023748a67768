package keras.utils;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Objects of the caller's own, by the names that configurations have for them. Keras: {@code
 * custom_objects=}.
 *
 * <pre>{@code
 * new CustomObjects()
 *     .add("my_package>Squares", config -> new Squares(config.integer("units")))
 *     .addFunction("<lambda>", (Activation) (tf, x) -> tf.math.square(x))
 * }</pre>
 *
 * <p>No class is ever looked up by a name that a file gives: what is not Keras's own and not named
 * here is refused.
 */
public final class CustomObjects {

  private final Map<String, Function<Config, ?>> makers = new LinkedHashMap<>();
  private final Map<String, Object> functions = new LinkedHashMap<>();

  /** Without any. */
  public CustomObjects() {}

  /**
   * Says how objects of a class are made.
   *
   * @param registeredName the class as the configuration has it under {@code registered_name}, as
   *     {@code "my_package>Squares"}; where there is none, its {@code class_name}
   * @param maker makes the object of its arguments; those that it does not read are refused
   * @return this
   */
  public CustomObjects add(String registeredName, Function<Config, ?> maker) {
    makers.put(registeredName, maker);
    return this;
  }

  /**
   * Says which function a name stands for.
   *
   * @param name the name in the configuration
   * @param function an activation, loss or metric, as the argument takes it
   * @return this
   */
  public CustomObjects addFunction(String name, Object function) {
    functions.put(name, function);
    return this;
  }

  /**
   * Returns a copy in which a name stands for a function, unless something else was said of it.
   *
   * @param name the name in the configuration
   * @param function an activation, loss or metric, as the argument takes it
   * @return the copy
   */
  public CustomObjects withDefault(String name, Object function) {
    CustomObjects copy = new CustomObjects();
    copy.makers.putAll(makers);
    copy.functions.put(name, function);
    copy.functions.putAll(functions);
    return copy;
  }

  /** Tells how objects of a class are made, or null. */
  Function<Config, ?> maker(String registeredName) {
    return makers.get(registeredName);
  }

  /** The function of a name, or null. */
  Object function(String name) {
    return functions.get(name);
  }
}
