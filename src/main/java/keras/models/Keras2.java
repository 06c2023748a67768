package keras.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.activations.Activations;
import keras.internal.messages.Errors;
import keras.internal.messages.Warnings;
import keras.utils.CustomObjects;

/**
 * Configurations of models as Keras 2 wrote them, in the words of Keras 3. What Keras 3 means
 * otherwise is converted so that it stays what it was, or refused.
 */
final class Keras2 {

  /** Optimizers whose formula Keras 3 has changed, as Keras 2 had them before 2.11. */
  private static final List<String> CHANGED = List.of("RMSprop", "Adagrad", "Nadam");

  private static final String WITHOUT_TRAINING =
      "load for prediction, or to compile anew: Models.loadModel(path, o -> o.compile(false))";

  private final String place;
  private final boolean trainable;

  /**
   * A translation.
   *
   * @param place the file, for messages
   * @param trainable whether what matters in training only has to be the same
   */
  Keras2(String place, boolean trainable) {
    this.place = place;
    this.trainable = trainable;
  }

  /** Returns the caller's objects, and the functions that have changed their meaning. */
  static CustomObjects functions(CustomObjects custom) {
    return custom.withDefault("hard_sigmoid", Activations.get("keras2>hard_sigmoid"));
  }

  /** Whether something was written by Keras 2, by the version that it says. */
  static boolean isVersion(Object version) {
    return version instanceof String text && text.matches("2(\\..*)?");
  }

  /** Returns a model or a layer: {@code class_name} and {@code config}. */
  Map<String, Object> layer(Map<?, ?> layer) {
    Map<String, Object> made = copy(layer);
    String className = String.valueOf(layer.get("class_name"));
    if (className.equals("Model")) {
      made.put("class_name", "Functional");
    }
    Map<String, Object> config;
    if (layer.get("config") instanceof List<?> layers) {
      // Up to Keras 2.2, a Sequential was its list of layers.
      config = new LinkedHashMap<>();
      config.put("name", "sequential");
      config.put("layers", layers);
    } else if (layer.get("config") instanceof Map<?, ?> map) {
      config = copy(map);
    } else {
      return made;
    }
    made.put("config", config);
    String where = place + ", " + className + " \"" + config.get("name") + "\"";
    if (config.get("layers") instanceof List<?> layers) {
      List<Object> inner = new ArrayList<>();
      for (Object each : layers) {
        inner.add(each instanceof Map<?, ?> map ? layer(map) : each);
      }
      config.put("layers", inner);
    }
    for (String inside : List.of("layer", "backward_layer", "cell")) {
      if (config.get(inside) instanceof Map<?, ?> map) {
        config.put(inside, layer(map));
      }
    }
    if (config.get("cells") instanceof List<?> cells) {
      List<Object> inner = new ArrayList<>();
      cells.forEach(each -> inner.add(each instanceof Map<?, ?> map ? layer(map) : each));
      config.put("cells", inner);
    }
    initializers(config);
    switch (className) {
      case "InputLayer" -> rename(config, "batch_input_shape", "batch_shape");
      case "LeakyReLU" -> rename(config, "alpha", "negative_slope");
      case "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D" ->
          drop(config, "noise_shape", null);
      case "BatchNormalization" -> {
        if (config.get("axis") instanceof List<?> axes && axes.size() == 1) {
          config.put("axis", axes.get(0));
        }
      }
      case "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose" -> drop(config, "groups", 1);
      case "DepthwiseConv1D", "DepthwiseConv2D" -> drop(config, "groups", 1);
      case "SeparableConv1D", "SeparableConv2D" -> {
        drop(config, "groups", 1);
        // Written, but of no kernel that the layer has.
        List.of("kernel_initializer", "kernel_regularizer", "kernel_constraint")
            .forEach(config::remove);
      }
      case "MultiHeadAttention" -> {
        drop(config, "softmax_robust_masking", false);
        List.of("query_shape", "key_shape", "value_shape").forEach(config::remove);
        made.remove("build_config"); // Of the queries alone.
      }
      case "Discretization" -> config.remove("dtype"); // Of its output.
      case "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D" -> timeMajor(where, config);
      case "LSTM", "SimpleRNN" -> recurrent(where, className, config);
      case "GRU" -> {
        recurrent(where, className, config);
        config.putIfAbsent("reset_after", false); // the only way, before there was the argument
      }
      default -> {
        // Nothing has changed.
      }
    }
    return made;
  }

  private static void timeMajor(String where, Map<String, Object> config) {
    if (Boolean.TRUE.equals(config.remove("time_major"))) {
      throw refused(
          where,
          "its timesteps come before its samples.",
          "time_major: false",
          "true",
          "swap the first two dimensions of the data, and set time_major to false in the"
              + " configuration: Keras 3 has no such argument");
    }
  }

  private void recurrent(String where, String className, Map<String, Object> config) {
    timeMajor(where, config);
    Object implementation = config.remove("implementation");
    boolean drops = !isZero(config.get("dropout")) && isZero(config.get("recurrent_dropout"));
    boolean eachGate = Integer.valueOf(1).equals(implementation) && !className.equals("SimpleRNN");
    if (drops && eachGate && trainable) {
      throw refused(
          where,
          "in training it drops other inputs for each gate.",
          "implementation: 2, as Keras 3 computes it without recurrent_dropout",
          "implementation: 1",
          WITHOUT_TRAINING);
    }
    if (drops && eachGate) {
      Warnings.warn(
          Keras2.class,
          "{}: in training, Keras 2 drops other inputs for each gate here (implementation: 1), Keras"
              + " 3 the same for all. Predictions are the same.",
          where);
    }
  }

  private static boolean isZero(Object value) {
    return !(value instanceof Number number) || number.doubleValue() == 0;
  }

  /** Initializers had a type of their own, and one that has another name now. */
  private static void initializers(Map<String, Object> config) {
    for (Map.Entry<String, Object> entry : config.entrySet()) {
      if (entry.getKey().endsWith("_initializer")
          && entry.getValue() instanceof Map<?, ?> map
          && map.get("config") instanceof Map<?, ?> arguments) {
        Map<String, Object> initializer = copy(map);
        Map<String, Object> inner = copy(arguments);
        drop(inner, "dtype", "float32");
        inner.replace("distribution", "normal", "truncated_normal");
        initializer.put("config", inner);
        entry.setValue(initializer);
      }
    }
  }

  /** Returns a model in an archive, as Keras 2.12 to 2.15 wrote them. */
  Map<String, Object> archived(Map<String, ?> model) {
    Map<String, Object> made = layer(model);
    if (model.get("compile_config") instanceof Map<?, ?> compiled) {
      made.put("compile_config", compile(copy(compiled)));
    }
    return made;
  }

  // ---- what the model was compiled with

  /** Returns the arguments of {@code compile}. */
  Map<String, Object> compile(Map<String, ?> training) {
    Map<String, Object> made = new LinkedHashMap<>();
    String key = training.containsKey("optimizer_config") ? "optimizer_config" : "optimizer";
    made.put("optimizer", optimizer(training.get(key)));
    made.put("loss", loss(training.get("loss")));
    made.put("loss_weights", training.get("loss_weights"));
    made.put("metrics", metrics(training.get("metrics")));
    made.put("weighted_metrics", metrics(training.get("weighted_metrics")));
    return made;
  }

  /** Tells whether an optimizer is of the kind that Keras 2 had before 2.11. */
  static boolean hasOlderOptimizer(Map<String, ?> training) {
    return training.get("optimizer_config") instanceof Map<?, ?> map
        && map.get("config") instanceof Map<?, ?> config
        && !Boolean.FALSE.equals(config.get("is_legacy_optimizer"));
  }

  private Object optimizer(Object identifier) {
    if (!(identifier instanceof Map<?, ?> map) || !(map.get("config") instanceof Map<?, ?> old)) {
      return identifier;
    }
    String className = String.valueOf(map.get("class_name")).replaceFirst("^Custom>", "");
    Map<String, Object> config = copy(old);
    boolean isNew = Boolean.FALSE.equals(config.remove("is_legacy_optimizer"));
    config.remove("jit_compile");
    if (!isNew && CHANGED.contains(className)) {
      throw refused(
          place + ", " + className,
          "its formula is not that of Keras 3.",
          "an optimizer of Keras 2.11 or later, or one that has not changed",
          className,
          WITHOUT_TRAINING);
    }
    rename(config, "lr", "learning_rate");
    if (config.containsKey("epsilon") && config.get("epsilon") == null) {
      config.remove("epsilon");
    }
    Object decay = config.remove("decay");
    if (!isZero(decay) && config.get("learning_rate") instanceof Number) {
      config.put("learning_rate", decaying(config.get("learning_rate"), decay));
    }
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("class_name", className);
    made.put("config", config);
    return made;
  }

  /** {@code rate / (1 + decay * step)}, which Keras 3 has as a schedule. */
  private static Map<String, Object> decaying(Object rate, Object decay) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("initial_learning_rate", rate);
    config.put("decay_steps", 1);
    config.put("decay_rate", decay);
    config.put("staircase", false);
    return Map.of("class_name", "InverseTimeDecay", "config", config);
  }

  private static Object loss(Object identifier) {
    if (identifier instanceof List<?> list && list.size() == 1) {
      return loss(list.get(0));
    }
    if (!(identifier instanceof Map<?, ?> map)) {
      return identifier;
    }
    if (!map.containsKey("class_name")) {
      return map.size() == 1 ? loss(map.values().iterator().next()) : identifier;
    }
    if (!(map.get("config") instanceof Map<?, ?> old)) {
      return identifier;
    }
    Map<String, Object> config = copy(old);
    config.replace("reduction", "auto", "sum_over_batch_size");
    config.remove("fn");
    Map<String, Object> made = copy(map);
    made.put("config", config);
    return made;
  }

  private static Object metrics(Object identifiers) {
    if (identifiers instanceof Map<?, ?> map && map.size() == 1) {
      return metrics(map.values().iterator().next());
    }
    if (!(identifiers instanceof List<?> list)) {
      return identifiers instanceof String ? List.of(identifiers) : identifiers;
    }
    if (list.size() == 1 && list.get(0) instanceof List<?> inner) {
      return metrics(inner);
    }
    List<Object> made = new ArrayList<>();
    list.forEach(each -> made.add(metric(each)));
    return made;
  }

  private static Object metric(Object identifier) {
    if (identifier instanceof Map<?, ?> map
        && "MeanMetricWrapper".equals(map.get("class_name"))
        && map.get("config") instanceof Map<?, ?> config) {
      Object name = config.get("name");
      return List.of("acc", "accuracy").contains(String.valueOf(name)) ? name : config.get("fn");
    }
    return identifier;
  }

  // ---- maps

  private static Map<String, Object> copy(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  private static void rename(Map<String, Object> config, String old, String now) {
    if (config.containsKey(old)) {
      config.put(now, config.remove(old));
    }
  }

  /** Drops an argument that Keras 3 does not have, if it has the value that Keras 3 means. */
  private static void drop(Map<String, Object> config, String key, Object value) {
    Object got = config.get(key);
    if (got == null || got.equals(value)) {
      config.remove(key);
    }
  }

  private static IllegalArgumentException refused(
      String where, String what, String expected, String got, String fix) {
    return Errors.in(where, what).expected(expected).got(got).fix(fix).argument();
  }
}
