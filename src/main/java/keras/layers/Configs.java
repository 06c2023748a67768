package keras.layers;

import java.util.LinkedHashMap;
import java.util.Map;

/** Objects inside of a configuration, in the form that Keras writes them. */
final class Configs {

  private Configs() {}

  /** The only type that layers compute in. */
  static Map<String, Object> dtype() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", "float32");
    return object("keras", "DTypePolicy", config, null);
  }

  /** A layer inside of a layer. */
  static Map<String, Object> layer(Layer<?> layer) {
    String name = layer.getClass().getSimpleName();
    boolean ours = layer.getClass().getPackage().equals(Configs.class.getPackage());
    return object(
        ours ? "keras.layers" : layer.getClass().getPackageName(),
        name,
        layer.getConfig(),
        ours ? null : name);
  }

  private static Map<String, Object> object(
      String module, String className, Map<String, Object> config, String registeredName) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("module", module);
    map.put("class_name", className);
    map.put("config", config);
    map.put("registered_name", registeredName);
    return map;
  }
}
