package keras.internal.messages;

import java.util.Map;
import java.util.function.Supplier;

/** Describes objects that have a configuration, for {@code toString}. */
public final class Described {

  private Described() {}

  /**
   * Returns the name of an object's class and its configuration.
   *
   * @param object the object
   * @param config gives the configuration; may fail, as that of a function of one's own does
   * @return the name alone where there is no configuration
   */
  public static String by(Object object, Supplier<Map<String, Object>> config) {
    String name = object.getClass().getSimpleName();
    try {
      return name + config.get();
    } catch (RuntimeException e) {
      return name;
    }
  }
}
