package keras.internal.code;

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
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

  /**
   * Arguments of constructors that must be given; those of most layers and of metrics are read from
   * the classes.
   */
  private static final Map<String, List<String>> REQUIRED = required();

  /** Arguments of constructors that may be given. */
  private static final Map<String, String> POSSIBLE = possible();

  private Defaults() {}

  private static Map<String, List<String>> required() {
    Map<String, List<String>> all = new ConcurrentHashMap<>();
    all.put("Activation", List.of("activation"));
    all.put("Dot", List.of("axes"));
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
        List.of(
            "Adadelta",
            "Adafactor",
            "Adagrad",
            "Adam",
            "AdamW",
            "Adamax",
            "Ftrl",
            "Lamb",
            "Lion",
            "Muon",
            "Nadam",
            "RMSprop",
            "ScheduleFreeAdamW",
            "SGD")) {
      all.put(optimizer, "learning_rate");
    }
    return all;
  }

  /** Returns the arguments that the constructor of a class must be given, in its order. */
  static List<String> required(String className) {
    return REQUIRED.computeIfAbsent(className, Defaults::ofClass);
  }

  /** The arguments of the longest constructor of a layer or a metric, as Keras spells them. */
  private static List<String> ofClass(String className) {
    return Stream.of("keras.layers.", "keras.metrics.")
        .flatMap(module -> constructors(module + className))
        .max(Comparator.comparingInt(Constructor::getParameterCount))
        .map(longest -> Arrays.stream(longest.getParameters()).map(Defaults::spelled).toList())
        .orElse(List.of());
  }

  private static Stream<Constructor<?>> constructors(String name) {
    try {
      return Arrays.stream(Class.forName(name).getConstructors());
    } catch (ClassNotFoundException e) {
      return Stream.of(); // A class of another kind, whose arguments are all optional.
    }
  }

  private static String spelled(Parameter parameter) {
    return parameter.getName().replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
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
