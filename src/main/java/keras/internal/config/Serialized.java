package keras.internal.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.internal.naming.OwnNames;
import keras.internal.naming.OwnNames.OwnName;
import keras.utils.CustomObjects;

/**
 * Objects within a configuration, in the form in which Keras writes and reads them. Keras: {@code
 * keras.saving.serialize_keras_object}.
 */
public final class Serialized {

  private Serialized() {}

  /**
   * The name of a function of the user's own in files.
   *
   * @param function an activation, say
   * @return the name under which {@link CustomObjects} had it, or null
   */
  public static String functionName(Object function) {
    OwnName name = OwnNames.of(function);
    return name == null ? null : name.className();
  }

  /**
   * Returns an object of Keras, or one of the user's own.
   *
   * @param object the object that is written
   * @param module where Keras keeps the class, as {@code "keras.losses"}; a class of the package of
   *     this name is Keras's, another one is the user's own and is registered under its name
   * @param config the object's arguments
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}
   */
  public static Map<String, Object> object(
      Object object, String module, Map<String, Object> config) {
    OwnName own = OwnNames.of(object);
    if (own != null) {
      return form(own.module(), own.className(), config, own.registeredName());
    }
    Class<?> type = object.getClass();
    String name = type.getSimpleName();
    boolean known = type.getPackageName().equals(module);
    return known
        ? form(module, name, config, null)
        : form(type.getPackageName(), name, config, name);
  }

  /**
   * Returns an object of Keras's that is written under the name of another class.
   *
   * @param module where Keras keeps the class, as {@code "keras.layers"}
   * @param className the class
   * @param config the object's arguments
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}
   */
  public static Map<String, Object> known(
      String module, String className, Map<String, Object> config) {
    return form(module, className, config, null);
  }

  /**
   * Returns a function, of which only the name can be written.
   *
   * @param name the name
   * @return {@code module}, {@code class_name}, {@code config} and {@code registered_name}
   */
  public static Map<String, Object> function(String name) {
    return form("builtins", "function", name, "function");
  }

  /**
   * Returns a call of a layer with one argument.
   *
   * @param argument a tensor, or a list or map of several
   * @return {@code args} and {@code kwargs}
   */
  public static Map<String, Object> call(Object argument) {
    return call(List.of(argument), Map.of());
  }

  /**
   * Returns a call of a layer.
   *
   * @param arguments in their order
   * @param named those that were given by name
   * @return {@code args} and {@code kwargs}
   */
  public static Map<String, Object> call(List<?> arguments, Map<String, ?> named) {
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("args", arguments);
    call.put("kwargs", named);
    return call;
  }

  /**
   * Returns a call with further arguments by name.
   *
   * @param call {@code args} and {@code kwargs}
   * @param named those to add
   * @return a new map
   */
  public static Map<String, Object> withNamed(Map<String, ?> call, Map<String, ?> named) {
    Map<String, Object> all = new LinkedHashMap<>();
    ((Map<?, ?>) call.get("kwargs")).forEach((key, value) -> all.put(String.valueOf(key), value));
    all.putAll(named);
    return call((List<?>) call.get("args"), all);
  }

  private static Map<String, Object> form(
      Object module, String className, Object config, Object registeredName) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("module", module);
    map.put("class_name", className);
    map.put("config", config);
    map.put("registered_name", registeredName);
    return map;
  }
}
