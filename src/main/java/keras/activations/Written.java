package keras.activations;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.utils.Errors;
import keras.utils.Serialized;

/** Activations in the form in which Keras writes them into a configuration. */
final class Written {

  private static final Map<String, String> LAYERS =
      Map.of("relu", "ReLU", "leaky_relu", "LeakyReLU", "elu", "ELU", "softmax", "Softmax");

  private static final Map<String, String> LAYER_NAMES =
      Map.of("ReLU", "re_lu", "LeakyReLU", "leaky_re_lu", "ELU", "elu", "Softmax", "softmax");

  private Written() {}

  /** A name; the configuration of a layer; or an exception. */
  static Object of(Activation activation) {
    Map<String, Object> arguments = arguments(activation);
    if (arguments.isEmpty() && Known.get(activation.name()) != null) {
      return activation.name();
    }
    String layer = arguments.isEmpty() ? null : LAYERS.get(activation.name());
    if (layer == null) {
      throw Errors.in(
              "Activation " + activation,
              arguments.isEmpty()
                  ? "a function of your own cannot be written into a configuration."
                  : "its arguments cannot be written into a configuration.")
          .expected("one of Keras's activations, by its name")
          .got(arguments.isEmpty() ? activation.name() : activation)
          .fix("use a function that Activations.get finds by its name")
          .argument();
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", LAYER_NAMES.get(layer));
    if (layer.equals("ELU")) {
      config.putAll(arguments); // Keras writes them first here, and last elsewhere.
    }
    config.put("trainable", true);
    config.put("dtype", Serialized.known("keras", "DTypePolicy", Map.of("name", "float32")));
    config.putAll(arguments);
    return Serialized.known("keras.layers", layer, config);
  }

  private static Map<String, Object> arguments(Activation activation) {
    if (activation instanceof Relu relu) {
      return relu.arguments();
    }
    return activation instanceof Named named ? named.arguments() : Map.of();
  }
}
