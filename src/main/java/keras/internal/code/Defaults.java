package keras.internal.code;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.constraints.Constraint;
import keras.constraints.Constraints;
import keras.initializers.Initializers;
import keras.internal.random.SeedOrder;
import keras.layers.Layer;
import keras.layers.Layers;
import keras.losses.Losses;
import keras.metrics.Metrics;
import keras.optimizers.Optimizers;
import keras.optimizers.schedules.Schedules;
import keras.regularizers.Regularizer;
import keras.regularizers.Regularizers;

/** The arguments of a class's constructor, and those that it has if it is given no more. */
final class Defaults {

  /** Arguments of constructors that must be given. */
  private static final Map<String, List<String>> REQUIRED = required();

  /** Arguments of constructors that may be given. */
  private static final Map<String, String> POSSIBLE = possible();

  private Defaults() {}

  private static Map<String, List<String>> required() {
    Map<String, List<String>> all = new HashMap<>();
    all.put("Activation", List.of("activation"));
    all.put("AveragePooling1D", List.of("pool_size"));
    all.put("AveragePooling2D", List.of("pool_size"));
    all.put("Conv1D", List.of("filters", "kernel_size"));
    all.put("Conv2D", List.of("filters", "kernel_size"));
    all.put("Dense", List.of("units"));
    all.put("Dot", List.of("axes"));
    all.put("Dropout", List.of("rate"));
    all.put("Embedding", List.of("input_dim", "output_dim"));
    all.put("GRU", List.of("units"));
    all.put("GRUCell", List.of("units"));
    all.put("GaussianNoise", List.of("stddev"));
    all.put("LSTM", List.of("units"));
    all.put("LSTMCell", List.of("units"));
    all.put("MaxPooling1D", List.of("pool_size"));
    all.put("MaxPooling2D", List.of("pool_size"));
    all.put("Permute", List.of("dims"));
    all.put("RepeatVector", List.of("n"));
    all.put("Reshape", List.of("target_shape"));
    all.put("SimpleRNN", List.of("units"));
    all.put("SimpleRNNCell", List.of("units"));
    all.put("SpatialDropout1D", List.of("rate"));
    all.put("TimeDistributed", List.of("layer"));
    all.put("MeanMetricWrapper", List.of("fn"));
    all.put("CosineDecay", List.of("initial_learning_rate", "decay_steps"));
    all.put("CosineDecayRestarts", List.of("initial_learning_rate", "first_decay_steps"));
    all.put("ExponentialDecay", List.of("initial_learning_rate", "decay_steps", "decay_rate"));
    all.put("InverseTimeDecay", List.of("initial_learning_rate", "decay_steps", "decay_rate"));
    all.put("PiecewiseConstantDecay", List.of("boundaries", "values"));
    all.put("PolynomialDecay", List.of("initial_learning_rate", "decay_steps"));
    return all;
  }

  private static Map<String, String> possible() {
    Map<String, String> all = new HashMap<>(Map.of("Constant", "value", "MaxNorm", "max_value"));
    for (String optimizer :
        List.of("Adadelta", "Adagrad", "Adam", "AdamW", "Adamax", "Nadam", "RMSprop", "SGD")) {
      all.put(optimizer, "learning_rate");
    }
    return all;
  }

  /** Returns the arguments that the constructor of a class must be given, in its order. */
  static List<String> required(String className) {
    return REQUIRED.getOrDefault(className, List.of());
  }

  /** The argument that the constructor of a class may be given, or null. */
  static String possible(String className) {
    return POSSIBLE.get(className);
  }

  /**
   * Returns the configuration of an object that was given no more than it must be.
   *
   * @param module where Keras keeps the class
   * @param className the class
   * @param config the arguments of the object that is to be written
   * @return null if there is no such module
   */
  static Map<String, Object> of(String module, String className, Map<?, ?> config) {
    Map<String, Object> given = new LinkedHashMap<>();
    required(className).forEach(key -> given.put(key, config.get(key)));
    if (module.equals("keras.layers")) {
      given.put("name", config.get("name")); // One that is counted would disturb the count.
    }
    Map<String, Object> object = Map.of("class_name", className, "config", given);
    return switch (module) {
      case "keras.layers" -> layer(object);
      case "keras.initializers" -> Initializers.get(object).getConfig();
      case "keras.regularizers" -> ((Regularizer) Regularizers.get(object)).getConfig();
      case "keras.constraints" -> ((Constraint) Constraints.get(object)).getConfig();
      case "keras.losses" -> Losses.get(object).getConfig();
      case "keras.metrics" -> Metrics.get(object).getConfig();
      case "keras.optimizers" -> Optimizers.get(object).getConfig();
      case "keras.optimizers.schedules" -> Schedules.deserialize(object).getConfig();
      default -> null;
    };
  }

  private static Map<String, Object> layer(Map<String, Object> object) {
    Layer<?> layer = Layers.deserialize(object);
    SeedOrder.remove(layer); // It is never used, so it must not draw.
    return layer.getConfig();
  }
}
