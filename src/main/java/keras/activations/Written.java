package keras.activations;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.backend.TensorFunction;
import keras.internal.config.Registry;
import keras.internal.config.Serialized;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Activations in the form in which Keras writes them into a configuration. */
final class Written {

  private static final Map<String, String> LAYERS =
      Map.of("relu", "ReLU", "leaky_relu", "LeakyReLU", "elu", "ELU", "softmax", "Softmax");

  private static final Map<String, String> LAYER_NAMES =
      Map.of("ReLU", "re_lu", "LeakyReLU", "leaky_re_lu", "ELU", "elu", "Softmax", "softmax");

  private static final Registry<TensorFunction> KNOWN = known();

  private Written() {}

  private static Registry<TensorFunction> known() {
    Registry<TensorFunction> all = new Registry<>("activation", TensorFunction.class);
    Known.names().forEach(name -> all.add(config -> Known.get(name), name));
    all.add(config -> Known.KERAS2_HARD_SIGMOID, Known.KERAS2_HARD_SIGMOID.name());
    return all.add(Written::relu, "ReLU")
        .add(Written::leakyRelu, "LeakyReLU")
        .add(Written::elu, "ELU")
        .add(Written::softmax, "Softmax");
  }

  /**
   * A layer that is taken for an activation: written as it was read.
   *
   * @param function its formula
   * @param layer the layer's class
   * @param config the layer's configuration
   */
  record OfLayer(Activation function, String layer, Map<String, Object> config)
      implements Activation {
    @Override
    public Operand<TFloat32> call(Ops tf, Operand<TFloat32> x) {
      return function.call(tf, x);
    }
  }

  // ---- read

  /** Reads a configuration of Keras's. */
  static Activation read(Config object) {
    return Activations.get(KNOWN.deserialize(object));
  }

  private static Activation relu(Config config) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("max_value", config.given("max_value") ? config.number("max_value") : null);
    written.put("negative_slope", number(config, "negative_slope", 0));
    written.put("threshold", number(config, "threshold", 0));
    ReluFunction function =
        Activations.relu()
            .maxValue((Double) written.get("max_value"))
            .negativeSlope((Double) written.get("negative_slope"))
            .threshold((Double) written.get("threshold"));
    return layer(config, function, "ReLU", written);
  }

  private static Activation leakyRelu(Config config) {
    double slope = number(config, "negative_slope", 0.3);
    return layer(
        config, Activations.leakyRelu(slope), "LeakyReLU", Map.of("negative_slope", slope));
  }

  private static Activation elu(Config config) {
    double alpha = number(config, "alpha", 1);
    return layer(config, Activations.elu(alpha), "ELU", Map.of("alpha", alpha));
  }

  private static Activation softmax(Config config) {
    int axis = config.given("axis") ? config.integer("axis") : -1;
    return layer(config, Activations.softmax(axis), "Softmax", Map.of("axis", axis));
  }

  private static double number(Config config, String key, double byDefault) {
    return config.given(key) ? config.number(key) : byDefault;
  }

  private static Activation layer(
      Config config, Activation function, String layer, Map<String, Object> arguments) {
    config.ignore("trainable", "dtype");
    String name = config.given("name") ? config.text("name") : LAYER_NAMES.get(layer);
    return new OfLayer(function, layer, config(layer, name, arguments));
  }

  // ---- written

  /** Returns a name; the configuration of a layer; or an exception. */
  static Object of(Activation activation) {
    if (activation instanceof OfLayer read) {
      return Serialized.known("keras.layers", read.layer, new LinkedHashMap<>(read.config));
    }
    Checks.notNull("Activations.serialize", "activation", activation);
    if (activation.equals(Known.KERAS2_HARD_SIGMOID)) {
      // As Keras 3 writes a function that is registered as hard_sigmoid of a package keras2.
      return Serialized.function(activation.name());
    }
    String own = Serialized.functionName(activation);
    if (own != null
        && Known.get(own) == null) { // Another one by Keras's name would be read as its.
      return Serialized.function(own);
    }
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
    return Serialized.known(
        "keras.layers", layer, config(layer, LAYER_NAMES.get(layer), arguments));
  }

  private static Map<String, Object> config(
      String layer, String name, Map<String, Object> arguments) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", name);
    if (layer.equals("ELU")) {
      config.putAll(arguments); // Keras writes them first here, and last elsewhere.
    }
    config.put("trainable", true);
    config.put("dtype", Serialized.known("keras", "DTypePolicy", Map.of("name", "float32")));
    config.putAll(arguments);
    return config;
  }

  private static Map<String, Object> arguments(Activation activation) {
    if (activation instanceof ReluFunction relu) {
      return relu.arguments();
    }
    return activation instanceof Named named ? named.arguments() : Map.of();
  }
}
