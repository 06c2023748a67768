package keras.internal.trainers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  public Object loss;
  public List<Object> metrics;
  public List<Object> weightedMetrics;
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
    List<Object> losses = config.identifiers("loss");
    if (losses != null && !losses.isEmpty()) {
      if (losses.size() > 1) {
        throw config.wrong("loss", "one loss: keras-java's models have one output");
      }
      loss = losses.get(0) instanceof String name ? name : Losses.get(losses.get(0));
    }
    checkLossWeights(config);
    metrics = metrics(config, "metrics");
    weightedMetrics = metrics(config, "weighted_metrics");
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

  private static List<Object> metrics(Config config, String key) {
    List<Object> identifiers = config.identifiers(key);
    if (identifiers == null) {
      return null;
    }
    List<Object> metrics = new ArrayList<>();
    for (Object each : identifiers) {
      metrics.add(each instanceof String ? each : Metrics.get(each));
    }
    return metrics;
  }

  /** The only output's loss cannot weigh more or less than others. */
  private static void checkLossWeights(Config config) {
    Object weights = config.value("loss_weights");
    Object weight = weights instanceof List<?> list && list.size() == 1 ? list.get(0) : weights;
    if (weights instanceof Map<?, ?> map && map.size() == 1) {
      weight = map.values().iterator().next();
    }
    if (weight != null && !(weight instanceof Number number && number.doubleValue() == 1)) {
      throw config.wrong("loss_weights", "nothing, or 1: keras-java's models have one loss");
    }
  }

  /** Returns the arguments as Keras writes them. */
  Map<String, Object> written(Optimizer<?> built) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("optimizer", Optimizers.serialize(built));
    config.put("loss", Losses.serialize(loss));
    config.put("loss_weights", null);
    config.put("metrics", serialized(metrics));
    config.put("weighted_metrics", serialized(weightedMetrics));
    config.put("run_eagerly", false);
    config.put("steps_per_execution", stepsPerExecution);
    config.put("jit_compile", false);
    return config;
  }

  private static List<Object> serialized(List<Object> metrics) {
    if (metrics == null) {
      return null;
    }
    List<Object> all = new ArrayList<>();
    metrics.forEach(each -> all.add(Metrics.serialize(each)));
    return all;
  }
}
