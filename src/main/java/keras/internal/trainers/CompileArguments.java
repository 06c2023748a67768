package keras.internal.trainers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import keras.internal.messages.Checks;
import keras.losses.Losses;
import keras.metrics.Metrics;
import keras.optimizers.Optimizer;
import keras.optimizers.Optimizers;
import keras.utils.Config;

/** The arguments of {@code compile}, each with Keras's default. */
public final class CompileArguments {
  public Object optimizer = "rmsprop";

  /** A name, a loss, a function, or a list or map of these. */
  public Object loss;

  /** A list or map of numbers. */
  public Object lossWeights;

  /** A list of metrics and of lists of these, or a map. */
  public Object metrics;

  public Object weightedMetrics;
  public int stepsPerExecution = 1;

  /** The configuration that these were read from, which is written back as it was; or null. */
  Map<String, Object> asRead;

  /**
   * The arguments of a configuration. Porting note: of {@code run_eagerly} and {@code jit_compile},
   * which change no number, nothing is made; they are written back as they were read.
   */
  void read(Config config) {
    Object identifier = config.identifier("optimizer");
    if (identifier != null) { // Files of models that came from another file may have none.
      optimizer = Optimizers.get(identifier);
    }
    loss = config.identifiers("loss", nameOr(Losses::get));
    lossWeights = config.value("loss_weights");
    metrics = config.identifiers("metrics", nameOr(Metrics::get));
    weightedMetrics = config.identifiers("weighted_metrics", nameOr(Metrics::get));
    config.integer(
        "steps_per_execution",
        value -> stepsPerExecution = Checks.positive("compile", "stepsPerExecution", value));
    config.ignore("run_eagerly", "jit_compile", "auto_scale_loss");
    config.checkAllRead();
    asRead = withModules(config.copy());
  }

  /**
   * Returns a configuration in which each class has its module, which the legacy format leaves out.
   */
  private static Map<String, Object> withModules(Map<String, Object> read) {
    Map<String, Object> whole = new LinkedHashMap<>(read);
    whole.computeIfPresent("loss", (key, value) -> withModule(value, "keras.losses"));
    for (String key : List.of("metrics", "weighted_metrics")) {
      whole.computeIfPresent(key, (k, value) -> withModule(value, "keras.metrics"));
    }
    return whole;
  }

  private static Object withModule(Object value, String module) {
    if (value instanceof List<?> list) {
      return list.stream().map(each -> withModule(each, module)).collect(Collectors.toList());
    }
    if (value instanceof Map<?, ?> map && !map.containsKey("class_name")) {
      Map<String, Object> made = new LinkedHashMap<>();
      map.forEach((name, each) -> made.put(String.valueOf(name), withModule(each, module)));
      return made;
    }
    if (!(value instanceof Map<?, ?> map)
        || map.containsKey("module")
        || !(map.get("class_name") instanceof String name)
        || name.equals("function")) {
      return value;
    }
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("module", module);
    made.put("class_name", name);
    made.put("config", map.get("config"));
    made.put("registered_name", null);
    return made;
  }

  private static Function<Object, Object> nameOr(Function<Object, Object> get) {
    return identifier -> identifier instanceof String ? identifier : get.apply(identifier);
  }

  /** Returns the arguments as Keras writes them. */
  Map<String, Object> written(Optimizer<?> built) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("optimizer", Optimizers.serialize(built));
    config.put("loss", written(loss, Losses::serialize));
    config.put("loss_weights", lossWeights);
    config.put("metrics", written(metrics, Metrics::serialize));
    config.put("weighted_metrics", written(weightedMetrics, Metrics::serialize));
    config.put("run_eagerly", false);
    config.put("steps_per_execution", stepsPerExecution);
    config.put("jit_compile", false);
    return config;
  }

  private static Object written(Object given, Function<Object, Object> write) {
    if (given instanceof List<?> list) {
      List<Object> all = new ArrayList<>();
      list.forEach(each -> all.add(written(each, write)));
      return all;
    }
    if (given instanceof Map<?, ?> map) {
      Map<String, Object> all = new LinkedHashMap<>();
      map.forEach((name, each) -> all.put(String.valueOf(name), written(each, write)));
      return all;
    }
    return given == null ? null : write.apply(given);
  }
}
