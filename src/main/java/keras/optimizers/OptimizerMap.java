package keras.optimizers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import keras.backend.Variable;
import keras.internal.config.Serialized;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;

/**
 * Says which optimizer changes which variable, by the variable's path. Keras: {@code
 * keras.optimizers.OptimizerMap}.
 *
 * <pre>{@code
 * new OptimizerMap(new SGD()).put("encoder/.*", new Adam());
 * }</pre>
 */
public final class OptimizerMap {

  private final Optimizer<?> defaultOptimizer;
  private final Map<String, Optimizer<?>> optimizers = new LinkedHashMap<>();

  /**
   * A map without patterns.
   *
   * @param defaultOptimizer changes the variables that no pattern fits
   */
  public OptimizerMap(Optimizer<?> defaultOptimizer) {
    this.defaultOptimizer = single("the default", defaultOptimizer);
  }

  /**
   * Names the optimizer of some variables.
   *
   * @param pattern a variable's path, such as {@code "encoder/dense/kernel"}, or a regular
   *     expression for whole paths
   * @param optimizer changes them
   * @return this map
   * @throws IllegalArgumentException if the pattern is there already, or is no regular expression
   */
  public OptimizerMap put(String pattern, Optimizer<?> optimizer) {
    OptimizerArguments.pattern("OptimizerMap", pattern);
    if (optimizers.putIfAbsent(pattern, single(pattern, optimizer)) != null) {
      throw Errors.in("OptimizerMap", "a pattern has an optimizer already.")
          .expected("each pattern once")
          .got("\"" + pattern + "\" again, for " + optimizer.name())
          .fix("leave one of them out")
          .argument();
    }
    return this;
  }

  private static Optimizer<?> single(String pattern, Optimizer<?> optimizer) {
    if (optimizer == null || optimizer instanceof MultiOptimizer) {
      throw Errors.in("OptimizerMap", "this cannot change variables here.")
          .expected("an optimizer for " + pattern)
          .got(optimizer == null ? "null" : "a MultiOptimizer, which would be one in another")
          .fix("write new Adam(), say")
          .argument();
    }
    return optimizer;
  }

  /** Returns the optimizer of a variable. */
  Optimizer<?> of(Variable variable) {
    String path = variable.path();
    if (optimizers.containsKey(path)) {
      return optimizers.get(path);
    }
    List<String> fitting =
        optimizers.keySet().stream().filter(pattern -> Pattern.matches(pattern, path)).toList();
    if (fitting.size() > 1) {
      throw Errors.in("OptimizerMap", "a variable has several optimizers.")
          .expected("one pattern that fits \"" + path + "\"")
          .got(fitting.toString())
          .fix("make the patterns narrower")
          .argument();
    }
    return fitting.isEmpty() ? defaultOptimizer : optimizers.get(fitting.get(0));
  }

  /** Returns the optimizers of the patterns, then the default. */
  List<Optimizer<?>> all() {
    Map<Optimizer<?>, Boolean> all = new LinkedHashMap<>();
    optimizers.values().forEach(each -> all.put(each, true));
    all.put(defaultOptimizer, true);
    return List.copyOf(all.keySet());
  }

  /**
   * Returns a map of its arguments. Keras: {@code OptimizerMap.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new map
   * @throws IllegalArgumentException if one is missing or wrong
   */
  static OptimizerMap fromConfig(Config config) {
    Checks.notNull("OptimizerMap.fromConfig", "config", config);
    OptimizerMap map = new OptimizerMap(Optimizers.get(config.inner("default_optimizer")));
    Config optimizers = config.inner("optimizer_map");
    if (config.value("optimizer_map") instanceof Map<?, ?> patterns) {
      for (Object pattern : patterns.keySet()) {
        map.put((String) pattern, Optimizers.get(optimizers.inner((String) pattern)));
      }
    }
    return map;
  }

  Map<String, Object> serialize() {
    Map<String, Object> written = new LinkedHashMap<>();
    optimizers.forEach((pattern, each) -> written.put(pattern, Optimizers.serialize(each)));
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("default_optimizer", Optimizers.serialize(defaultOptimizer));
    config.put("optimizer_map", written);
    return Serialized.object(this, "keras.optimizers", config);
  }
}
