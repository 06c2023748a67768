package keras.internal.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import keras.internal.messages.Errors;
import keras.internal.naming.AutoNames;

/** Configurations as Java code: numbers, texts, and objects by their constructors and calls. */
final class Code {

  /** Arguments that Keras keeps in 32 bits, so that 0.01 becomes 0.009999999776482582. */
  private static final Set<String> FLOATS = Set.of("learning_rate", "factor");

  /** Kinds of objects that Keras takes by name where they have no arguments. */
  private static final Set<String> NAMED =
      Set.of("keras.initializers", "keras.regularizers", "keras.constraints");

  /** Keys of a configuration that are no arguments. */
  private static final Set<String> NO_ARGUMENTS =
      Set.of("name", "dtype", "vocabulary_size", "idf_weights");

  private final Imports imports;

  Code(Imports imports) {
    this.imports = imports;
  }

  /** Imports a class; tells how the code is to write it. */
  String type(String inPackage, String className) {
    return imports.type(inPackage, className);
  }

  // ---- values

  /** Returns an argument's value; several for a list. */
  List<Expression> values(String key, Object value) {
    if (value instanceof List<?> list) {
      List<Expression> all = new ArrayList<>();
      list.forEach(each -> all.add(value(key, each)));
      boolean onlyNull = list.size() == 1 && list.get(0) == null;
      return onlyNull ? List.of(Expression.literal("(Integer) null")) : all;
    }
    return List.of(value(key, value));
  }

  private Expression value(String key, Object value) {
    if (value instanceof Map<?, ?> map) {
      return object(map);
    }
    if (value instanceof List<?> list) {
      return array("int", key, list);
    }
    return Expression.literal(
        value instanceof String text
            ? quoted(text)
            : value instanceof Number number ? number(key, number) : String.valueOf(value));
  }

  /** Returns a text as Java writes it. */
  static String quoted(String text) {
    StringBuilder escaped = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == '"' || each == '\\') {
        escaped.append('\\').append(each);
      } else if (each < ' ' || each > '~') {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) each));
      } else {
        escaped.append(each);
      }
    }
    return escaped.append('"').toString();
  }

  private static String number(String key, Number value) {
    if (value instanceof Double || value instanceof Float) {
      double wide = value.doubleValue();
      boolean single = value instanceof Float || (FLOATS.contains(key) && wide == (float) wide);
      if (!Double.isFinite(wide)) {
        return Double.isNaN(wide)
            ? "Double.NaN"
            : wide > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
      }
      String text = single ? Float.toString((float) wide) : Double.toString(wide);
      return text.replace(".0E", "e").replace('E', 'e');
    }
    long whole = value.longValue();
    return whole == (int) whole ? String.valueOf(whole) : whole + "L";
  }

  // ---- objects

  /** Returns an object within a configuration. */
  Expression object(Map<?, ?> object) {
    String module = String.valueOf(object.get("module"));
    String className = String.valueOf(object.get("class_name"));
    if (className.equals("function")) {
      throw refused("a function of your own", "write it into the code by hand");
    }
    if (!(object.get("config") instanceof Map<?, ?> config)) {
      throw refused(className, "use classes of Keras's");
    }
    if (module.equals("keras.random")) {
      String seed = config.get("seed") == null ? "null" : config.get("seed") + "L";
      return Expression.of(
          "new " + imports.type("keras.random", "SeedGenerator"),
          List.of(
              Expression.literal(seed),
              Expression.literal(quoted(String.valueOf(config.get("name"))))));
    }
    Map<String, Object> defaults = Defaults.of(module, className, config);
    if (defaults == null) {
      throw refused(
          module + "." + className, "write it into the code by hand, or use a class of Keras's");
    }
    boolean plain = Defaults.required(className).isEmpty() && defaults.equals(config);
    return plain && NAMED.contains(module)
        ? Expression.literal(quoted(AutoNames.snakeCase(className)))
        : named(created(module, className, config, defaults), config, defaults);
  }

  private static Expression named(Expression made, Map<?, ?> config, Map<String, Object> defaults) {
    Object name = config.get("name");
    return name == null || name.equals(defaults.get("name"))
        ? made
        : made.call("name", List.of(Expression.literal(quoted(name.toString()))));
  }

  /** Returns a layer, but for its name. */
  Expression layer(String className, Map<?, ?> config) {
    return created(
        "keras.layers", className, config, Defaults.of("keras.layers", className, config));
  }

  private Expression created(
      String module, String className, Map<?, ?> config, Map<String, Object> defaults) {
    List<Expression> first = new ArrayList<>();
    List<String> required = Defaults.required(className);
    required.forEach(key -> first.addAll(required(className, key, config.get(key))));
    String possible = Defaults.possible(className);
    boolean takes = possible != null && !config.get(possible).equals(defaults.get(possible));
    if (takes) {
      first.addAll(values(possible, config.get(possible)));
    }
    Expression made = Expression.of("new " + imports.type(module, className), first);
    for (Map.Entry<?, ?> each : config.entrySet()) {
      String key = (String) each.getKey();
      Object value = each.getValue();
      boolean given = required.contains(key) || (takes && key.equals(possible));
      boolean asDefault = defaults.containsKey(key) && same(module, value, defaults.get(key));
      if (!given && !asDefault && !NO_ARGUMENTS.contains(key)) {
        made.call(
            camelCase(key),
            key.equals("vocabulary")
                ? vocabulary((List<?>) value, (List<?>) config.get("idf_weights"))
                : argument(module, key, value));
      }
    }
    return made;
  }

  /** Returns tokens; those that have weights in a list, before these. */
  private List<Expression> vocabulary(List<?> tokens, List<?> weights) {
    List<Expression> all = values("vocabulary", tokens);
    if (weights == null) {
      return all;
    }
    List<Expression> weighted = new ArrayList<>();
    weighted.add(Expression.of(imports.type("java.util", "List") + ".of", all));
    weighted.addAll(values("idf_weights", weights));
    return weighted;
  }

  /** Tells whether a value is the default. Layers take a list of one number for the number. */
  private static boolean same(String module, Object value, Object byDefault) {
    boolean single =
        module.equals("keras.layers") && value instanceof List<?> list && list.size() == 1;
    return Objects.equals(single ? ((List<?>) value).get(0) : value, byDefault);
  }

  private List<Expression> required(String className, String key, Object value) {
    if (className.equals("PiecewiseConstantDecay")) {
      return List.of(array(key.equals("values") ? "double" : "long", key, (List<?>) value));
    }
    return key.equals("activation") ? List.of(activation(value)) : values(key, value);
  }

  private List<Expression> argument(String module, String key, Object value) {
    if (key.endsWith("activation")) {
      return List.of(activation(value));
    }
    if (key.equals("window") && value instanceof List<?> list) {
      return List.of(array("float", key, list));
    }
    if (Set.of("standardize", "split", "window").contains(key) && value == null) {
      return List.of(Expression.literal("(String) null")); // Something else could be null too.
    }
    if (Set.of("mean", "variance").contains(key)
        && value instanceof List<?> list
        && list.size() == 1) {
      return List.of(array("double", key, list)); // mean(2) is one for everything.
    }
    if (key.equals("ngrams") && value instanceof List<?> list) {
      return List.of(array("int", key, list)); // ngrams(2) is all up to 2.
    }
    if (module.equals("keras.constraints") && value instanceof List<?> list && list.size() == 1) {
      return List.of(array("int", key, list)); // axis(0) is the number, not the list.
    }
    return values(key, value);
  }

  private Expression array(String type, String key, List<?> list) {
    StringBuilder text = new StringBuilder("new " + type + "[] {");
    for (Object each : list) {
      text.append(text.charAt(text.length() - 1) == '{' ? "" : ", ");
      text.append(number(key, (Number) each)).append(each instanceof Float ? "f" : "");
    }
    return Expression.literal(text + "}");
  }

  /** Returns an activation: a name, or a layer whose function it is. */
  private Expression activation(Object value) {
    if (value instanceof Map<?, ?> map && "keras2>hard_sigmoid".equals(map.get("config"))) {
      return value("activation", map.get("config"));
    }
    if (!(value instanceof Map<?, ?> object) || !(object.get("config") instanceof Map<?, ?> of)) {
      return value("activation", value);
    }
    String activations = imports.type("keras.activations", "Activations");
    return switch (String.valueOf(object.get("class_name"))) {
      case "ReLU" -> relu(activations, of);
      case "LeakyReLU" -> function(activations + ".leakyRelu", of.get("negative_slope"));
      case "ELU" -> function(activations + ".elu", of.get("alpha"));
      case "Softmax" -> function(activations + ".softmax", of.get("axis"));
      default -> throw refused("activation " + object.get("class_name"), "use one of Keras's");
    };
  }

  private Expression function(String name, Object argument) {
    return Expression.of(name, values("", argument));
  }

  private Expression relu(String activations, Map<?, ?> config) {
    Expression relu = Expression.of(activations + ".relu", List.of());
    for (String key : List.of("max_value", "negative_slope", "threshold")) {
      Object value = config.get(key);
      if (value != null && !value.equals(0.0)) {
        relu.call(camelCase(key), values(key, value));
      }
    }
    return relu;
  }

  /** As {@code kernelInitializer} for {@code kernel_initializer}. */
  static String camelCase(String key) {
    StringBuilder camel = new StringBuilder();
    for (String part : key.split("[^A-Za-z0-9]+", -1)) {
      if (!part.isEmpty()) {
        camel.append(
            camel.isEmpty()
                ? part.substring(0, 1).toLowerCase(Locale.ROOT)
                : part.substring(0, 1).toUpperCase(Locale.ROOT));
        camel.append(part.substring(1));
      }
    }
    return camel.toString();
  }

  static IllegalArgumentException refused(String what, String fix) {
    return Errors.in("JavaSource", what + " cannot be written as Java code.")
        .expected("a model of Keras's own layers, losses, metrics and optimizers")
        .got(what)
        .fix(fix)
        .argument();
  }
}
