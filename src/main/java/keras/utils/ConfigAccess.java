package keras.utils;

import java.util.Map;
import java.util.function.Function;

/**
 * Gives the library what it needs of configurations. Internal: not for programs that use
 * keras-java.
 */
public final class ConfigAccess {

  private ConfigAccess() {}

  /**
   * How objects of a class of the user's own are made.
   *
   * @param config part of a file's configuration
   * @param registeredName the class's name there
   * @return null if nothing is registered
   */
  public static Function<Config, ?> maker(Config config, String registeredName) {
    return config.custom().maker(registeredName);
  }

  /**
   * Returns a function of the user's own.
   *
   * @param config part of a file's configuration
   * @param name the function's name there
   * @return null if nothing is registered
   */
  public static Object function(Config config, String name) {
    return config.custom().function(name);
  }

  /**
   * Further classes of Keras's that are known in this file.
   *
   * @param config part of a file's configuration
   * @return the functions that make their objects, by their names
   */
  public static Map<String, Function<Config, ?>> classes(Config config) {
    return config.classes();
  }

  /**
   * Objects that occur more than once in the file.
   *
   * @param config part of a file's configuration
   * @return a map to change, by {@code shared_object_id}
   */
  public static Map<Object, Object> shared(Config config) {
    return config.shared();
  }

  /**
   * Arguments further inside.
   *
   * @param config the configuration that they are in
   * @param place the beginning of messages
   * @param arguments the inner arguments
   * @return a view of them
   */
  public static Config at(Config config, String place, Map<?, ?> arguments) {
    return config.at(place, arguments);
  }
}
