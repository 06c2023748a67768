package keras.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says in which arguments two configurations differ, key by key. */
final class ConfigHints {

  private static final JsonMapper JSON = new JsonMapper();
  private static final double SAME = 1e-6;

  /** Arguments that tell objects apart without changing a number. */
  private static final Set<String> OF_NO_MATTER =
      Set.of("name", "dtype", "seed", "module", "registered_name", "build_config");

  private final List<String> hints = new ArrayList<>();
  private final boolean initializers;

  private ConfigHints(boolean initializers) {
    this.initializers = initializers;
  }

  /**
   * Returns the differences.
   *
   * @param keras Keras's configuration
   * @param java Java's
   * @param initializers whether the first values of weights matter
   */
  static List<String> of(JsonNode keras, Map<String, Object> java, boolean initializers) {
    ConfigHints hints = new ConfigHints(initializers);
    hints.compare("", keras, JSON.valueToTree(java));
    return hints.hints;
  }

  private void compare(String path, JsonNode keras, JsonNode java) {
    if (keras.isObject() && java.isObject()) {
      Set<String> keys = new LinkedHashSet<>();
      keras.fieldNames().forEachRemaining(keys::add);
      java.fieldNames().forEachRemaining(keys::add);
      for (String key : keys) {
        if (matters(key)) {
          compare(inside(path, key), keras.path(key), java.path(key));
        }
      }
    } else if (!same(keras, java)) {
      hints.add(path + " is " + text(keras) + " in Keras, " + text(java) + " in Java");
    }
  }

  private boolean matters(String key) {
    return !OF_NO_MATTER.contains(key) && (initializers || !key.endsWith("_initializer"));
  }

  /** Returns the path as one would write it: an object's arguments are its own. */
  private static String inside(String path, String key) {
    if (path.isEmpty()) {
      return key;
    }
    return key.equals("config") ? path : path + "." + key;
  }

  private static boolean same(JsonNode keras, JsonNode java) {
    if (keras.isNumber() && java.isNumber()) {
      double a = keras.doubleValue();
      double b = java.doubleValue();
      return a == b || Math.abs(a - b) <= SAME * Math.abs(a);
    }
    if (keras.isArray() && java.isArray() && keras.size() == java.size()) {
      for (int i = 0; i < keras.size(); i++) {
        if (!same(keras.get(i), java.get(i))) {
          return false;
        }
      }
      return true;
    }
    return keras.equals(java);
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode()) {
      return "no argument";
    }
    return value.hasNonNull("class_name") ? value.get("class_name").asText() : value.toString();
  }
}
