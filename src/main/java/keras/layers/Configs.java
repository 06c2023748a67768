package keras.layers;

import java.util.Map;
import keras.utils.Serialized;

/** Objects inside of a configuration, in the form that Keras writes them. */
final class Configs {

  private Configs() {}

  /** The only type that layers compute in. */
  static Map<String, Object> dtype() {
    return Serialized.known("keras", "DTypePolicy", Map.of("name", "float32"));
  }

  /** A layer inside of a layer. */
  static Map<String, Object> layer(Layer<?> layer) {
    return Serialized.object(layer, "keras.layers", layer.getConfig());
  }
}
