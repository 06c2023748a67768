package keras.internal.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import keras.losses.Losses;
import keras.metrics.Metrics;

/** A call of {@code compile} as Java code. */
final class CompileCode {

  /** Names that stand for one of several, whichever goes with the shapes. */
  private static final Set<String> CHOSEN = Set.of("acc", "accuracy", "ce", "crossentropy");

  private final Code code;

  CompileCode(Code code) {
    this.code = code;
  }

  /** Returns the statement, after comments on what has no counterpart. */
  String statement(String indent, String model, Map<?, ?> compile) {
    Expression options = Expression.literal("c");
    Object loss = only(compile.get("loss"));
    if (loss != null) {
      options.call("loss", List.of(structure(loss, this::identifier)));
    }
    Object weights = compile.get("loss_weights");
    if (weights instanceof Map<?, ?> || weights instanceof List<?>) {
      options.call(
          "lossWeights",
          List.of(structure(weights, each -> Expression.literal(String.valueOf(each)))));
    }
    optimizer(options, (Map<?, ?>) compile.get("optimizer"));
    metrics(options, "metrics", compile.get("metrics"));
    metrics(options, "weightedMetrics", compile.get("weighted_metrics"));
    Object steps = compile.get("steps_per_execution");
    if (steps != null && !steps.equals(1)) {
      options.call("stepsPerExecution", List.of(Expression.literal(steps.toString())));
    }
    String comments =
        comment(indent, compile, "run_eagerly", false)
            + comment(indent, compile, "jit_compile", false);
    return comments
        + (options.isChain()
            ? options.lambda(indent, model + ".compile", "c")
            : indent + model + ".compile(c -> {});\n");
  }

  private static String comment(String indent, Map<?, ?> compile, String key, Object usual) {
    Object value = compile.get(key);
    return value == null || value.equals(usual)
        ? ""
        : indent + "// " + key + "=" + value + " has no counterpart: it changes no number.\n";
  }

  private void optimizer(Expression options, Map<?, ?> optimizer) {
    if (optimizer == null) {
      return;
    }
    String className = String.valueOf(optimizer.get("class_name"));
    boolean known = "keras.optimizers".equals(optimizer.get("module"));
    if (known && className.equals("MultiOptimizer")) {
      options.call("optimizer", List.of(several((Map<?, ?>) optimizer.get("config"))));
      return;
    }
    boolean plain =
        known
            && Defaults.of("keras.optimizers", className, Map.of()).equals(optimizer.get("config"));
    if (plain && className.equals("RMSprop")) {
      return; // As by default.
    }
    options.call(
        "optimizer",
        List.of(
            plain
                ? Expression.literal(Code.quoted(className.toLowerCase(Locale.ROOT)))
                : code.object(optimizer)));
  }

  private Expression several(Map<?, ?> config) {
    Map<?, ?> map = (Map<?, ?>) ((Map<?, ?>) config.get("optimizer_map")).get("config");
    Expression made =
        Expression.of(
            "new " + code.type("keras.optimizers", "OptimizerMap"),
            List.of(code.object((Map<?, ?>) map.get("default_optimizer"))));
    ((Map<?, ?>) map.get("optimizer_map"))
        .forEach(
            (pattern, optimizer) ->
                made.call(
                    "put",
                    List.of(
                        Expression.literal(Code.quoted(String.valueOf(pattern))),
                        code.object((Map<?, ?>) optimizer))));
    Expression all =
        Expression.of("new " + code.type("keras.optimizers", "MultiOptimizer"), List.of(made));
    if (config.get("loss_scale_factor") != null) {
      all.call(
          "lossScaleFactor",
          List.of(Expression.literal(String.valueOf(config.get("loss_scale_factor")))));
    }
    if (!"multi_optimizer".equals(config.get("name"))) {
      all.call(
          "name", List.of(Expression.literal(Code.quoted(String.valueOf(config.get("name"))))));
    }
    return all;
  }

  private void metrics(Expression options, String method, Object metrics) {
    if (metrics == null) {
      return;
    }
    List<Expression> all = new ArrayList<>();
    Object inner = only(metrics);
    if (inner instanceof List<?> list) {
      list.forEach(each -> all.add(structure(each, this::identifier)));
    } else {
      all.add(structure(inner, this::identifier));
    }
    options.call(method, all);
  }

  /** Returns a value for each output, in their order or by name; or the one value. */
  private Expression structure(Object value, Function<Object, Expression> one) {
    if (value == null) {
      return Expression.literal("null");
    }
    List<Expression> parts = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(each -> parts.add(structure(each, one)));
      String method =
          list.contains(null)
              ? code.type("java.util", "Arrays") + ".asList"
              : code.type("java.util", "List") + ".of";
      return Expression.of(method, parts);
    }
    if (value instanceof Map<?, ?> map && !map.containsKey("class_name")) {
      map.forEach(
          (name, each) -> {
            parts.add(Expression.literal(Code.quoted(String.valueOf(name))));
            parts.add(structure(each, one));
          });
      return Expression.of(code.type("java.util", "Map") + ".of", parts);
    }
    return one.apply(value);
  }

  private Expression identifier(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return name(String.valueOf(value));
    }
    boolean function = "function".equals(map.get("class_name"));
    return function ? name(String.valueOf(map.get("config"))) : code.object(map);
  }

  private static Expression name(String name) {
    boolean known =
        CHOSEN.contains(name.toLowerCase(Locale.ROOT))
            || isKnown(() -> Losses.get(name))
            || isKnown(() -> Metrics.get(name));
    if (!known) {
      throw Code.refused("a function of your own", "write it into the code by hand");
    }
    return Expression.literal(Code.quoted(name));
  }

  private static boolean isKnown(Supplier<Object> get) {
    try {
      return get.get() != null;
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  /** Returns the value for the only output, which Keras takes in a list, too. */
  private static Object only(Object value) {
    return value instanceof List<?> list && list.size() == 1 ? list.get(0) : value;
  }
}
