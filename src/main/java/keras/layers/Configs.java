package keras.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keras.internal.config.Serialized;
import org.tensorflow.ndarray.Shape;

/** Objects inside of a configuration, in the form that Keras writes them. */
final class Configs {

  private Configs() {}

  /** The only type that layers compute in. */
  static Map<String, Object> dtype() {
    return dtype("float32");
  }

  /** A type as Keras writes it. */
  static Map<String, Object> dtype(String name) {
    return Serialized.known("keras", "DTypePolicy", Map.of("name", name));
  }

  /**
   * Returns a layer inside of a layer or a model, with the shape that it was built for, or null.
   */
  static Map<String, Object> layer(Layer<?> layer, List<Shape> builtFor) {
    Map<String, Object> map =
        layer instanceof Input
            ? Serialized.known("keras.layers", "InputLayer", layer.getConfig())
            : Serialized.object(layer, "keras.layers", layer.getConfig());
    if (builtFor != null && !layer.builtAtOnce()) {
      map.put("build_config", layer.buildConfig(builtFor.stream().map(Configs::shape).toList()));
    }
    return map;
  }

  /** Returns a shape as a list, with null for what is not known. */
  static List<Object> shape(Shape shape) {
    List<Object> dimensions = new ArrayList<>();
    for (long size : shape.asArray()) {
      dimensions.add(size == Shape.UNKNOWN_SIZE ? null : (Object) size);
    }
    return dimensions;
  }
}
