package keras.internal.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;
import keras.internal.naming.AutoNames;
import keras.layers.Layers;
import keras.models.Model;

/**
 * Java code that makes a model, and compiles it, as a person would have written it: arguments that
 * are as by default are left out, and so are names that come of themselves.
 *
 * <pre>{@code
 * System.out.print(JavaSource.of(model));
 * }</pre>
 *
 * <p>gives a class with a method {@code create()}:
 *
 * <pre>{@code
 * Sequential model = new Sequential();
 * model.add(new Input(shape(5, 100)));
 * model.add(new LSTM(20).returnSequences(true));
 * model.add(new TimeDistributed(new Dense(100).activation("softmax")));
 * model.compile(c -> c.loss("categorical_crossentropy").optimizer("adam").metrics("acc"));
 * return model;
 * }</pre>
 *
 * <p>The weights are not in it: they start as a new model's do. What stands in a configuration and
 * has no counterpart in Java, but changes no number, becomes a comment.
 */
public final class JavaSource {

  private static final String INDENT = "    ";

  private final Imports imports = new Imports();
  private final Code code = new Code(imports);
  private final StringBuilder body = new StringBuilder();
  private final Set<String> variables = new HashSet<>();

  /** How many layers of a class have the name that comes of itself. */
  private final Map<String, Integer> named = new HashMap<>();

  private JavaSource() {}

  /**
   * The code of a model, in a class that is called as the model is.
   *
   * @param model whose layers are all of Keras's
   * @return a source file
   * @throws IllegalArgumentException if there is something that cannot be written, naming it
   */
  public static String of(Model model) {
    String camel = Code.camelCase(model.name());
    boolean usable = SourceVersion.isName(camel);
    String name = usable ? camel : "the" + camel;
    String upper = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return of(model, upper.endsWith("Model") ? upper : upper + "Model");
  }

  /**
   * Returns the code of a model.
   *
   * @param model whose layers are all of Keras's
   * @param className the name of the class
   * @return a source file
   * @throws IllegalArgumentException if there is something that cannot be written, naming it
   */
  public static String of(Model model, String className) {
    return new JavaSource().written(Layers.serialize(model), className);
  }

  private String written(Map<String, Object> model, String className) {
    boolean functional = GraphCode.isFunctional(model);
    String type = imports.type("keras.models", functional ? "Model" : "Sequential");
    Object name = config(model).get("name");
    String automatic = functional ? "functional" : "sequential";
    String variable = made(model, "model", !automatic.equals(name) || holdsModels(model));
    return imports.lines()
        + "\n/** The model "
        + Code.quoted(String.valueOf(name)).replace("*/", "* /")
        + ". */\npublic final class "
        + className
        + " {\n\n  private "
        + className
        + "() {}\n\n  /**\n   * Makes the model.\n   *\n   * @return a new one, with weights as they"
        + " start\n   */\n  public static "
        + type
        + " create() {\n"
        + body
        + INDENT
        + "return "
        + variable
        + ";\n  }\n}\n";
  }

  private static Map<?, ?> config(Map<?, ?> object) {
    if (object.get("config") instanceof Map<?, ?> config) {
      return config;
    }
    throw Code.refused(String.valueOf(object.get("class_name")), "use layers of Keras's");
  }

  private static List<?> layers(Map<?, ?> model) {
    return (List<?>) config(model).get("layers");
  }

  private static boolean holdsModels(Map<?, ?> model) {
    return layers(model).stream()
        .anyMatch(
            each ->
                GraphCode.isModel(each)
                    || GraphCode.isModel(config((Map<?, ?>) each).get("layer")));
  }

  // ---- statements

  /** Adds the statements that make a model; gives the name of the variable that has it. */
  private String made(Map<?, ?> model, String variable, boolean withName) {
    String unique = variable;
    for (int i = 2; !variables.add(unique); i++) {
      unique = variable + i;
    }
    boolean functional = GraphCode.isFunctional(model);
    Expression made =
        functional
            ? new GraphCode(INDENT, imports, variables, this::layer, body).model(config(model))
            : Expression.of("new Sequential", List.of());
    if (Boolean.FALSE.equals(config(model).get("trainable"))) {
      made.call("trainable", List.of(Expression.literal("false")));
    }
    if (withName) {
      made.call("name", name(config(model)));
    }
    String type = imports.type("keras.models", functional ? "Model" : "Sequential");
    body.append(made.declaration(INDENT, type, unique));
    for (Object each : functional ? List.of() : layers(model)) {
      body.append(layer((Map<?, ?>) each).statement(INDENT, unique + ".add"));
    }
    if (model.get("compile_config") instanceof Map<?, ?> compile && !compile.isEmpty()) {
      body.append(new CompileCode(code).statement(INDENT, unique, compile));
    }
    return unique;
  }

  private static List<Expression> name(Map<?, ?> config) {
    return List.of(Expression.literal(Code.quoted(String.valueOf(config.get("name")))));
  }

  private Expression layer(Map<?, ?> layer) {
    if (GraphCode.isModel(layer)) {
      String inner = Code.camelCase(String.valueOf(config(layer).get("name")));
      String variable = SourceVersion.isName(inner) && !inner.equals("c") ? inner : "inner";
      return Expression.literal(made(layer, variable, true));
    }
    String className = String.valueOf(layer.get("class_name"));
    if (!"keras.layers".equals(layer.get("module"))) {
      throw Code.refused(
          "layer " + layer.get("module") + "." + className,
          "leave it out, or add it to the code by hand");
    }
    Map<?, ?> config = config(layer);
    Expression made =
        switch (className) {
          case "InputLayer" -> input(config);
          case "TimeDistributed" -> timeDistributed(config);
          case "Bidirectional" -> bidirectional(config);
          case "Lambda" ->
              throw Code.refused("a function of your own", "write it into the code by hand");
          case "RNN" -> rnn(config);
          case "StackedRNNCells" -> stacked(config);
          default -> code.layer(className, config);
        };
    String name = AutoNames.snakeCase(className);
    int count = named.getOrDefault(name, 0);
    if ((count == 0 ? name : name + "_" + count).equals(config.get("name"))) {
      named.put(name, count + 1);
      return made;
    }
    return made.call("name", name(config));
  }

  private Expression input(Map<?, ?> config) {
    List<Object> shape = new ArrayList<>((List<?>) config.get("batch_shape"));
    boolean anyBatch = shape.get(0) == null;
    String method = imports.method("keras.layers.Input", anyBatch ? "shape" : "batchShape");
    List<Object> dimensions = anyBatch ? shape.subList(1, shape.size()) : shape;
    Expression made =
        Expression.of(
            "new " + imports.type("keras.layers", "Input"),
            List.of(Expression.of(method, code.values("shape", dimensions))));
    Object dtype = config.get("dtype");
    return dtype == null || dtype.equals("float32")
        ? made
        : made.call("dtype", code.values("dtype", dtype));
  }

  /** Keras names the two layers after the one that it was given, of which they are copies. */
  private Expression bidirectional(Map<?, ?> config) {
    Map<?, ?> forward = (Map<?, ?>) config.get("layer");
    Map<?, ?> backward = (Map<?, ?>) config.get("backward_layer");
    String name = String.valueOf(config(forward).get("name")).replaceFirst("^forward_", "");
    List<Expression> layers = new ArrayList<>();
    layers.add(layer(oneWay(forward, name)));
    boolean copied =
        oneWay(forward, name).get("config").equals(oneWay(backward, name).get("config"))
            && config(backward).get("name").equals("backward_" + name)
            && forward.get("class_name").equals(backward.get("class_name"));
    if (!copied) {
      Map<Object, Object> given = new LinkedHashMap<>(oneWay(backward, name));
      Map<Object, Object> arguments = new LinkedHashMap<>((Map<?, ?>) given.get("config"));
      arguments.put("name", config(backward).get("name"));
      arguments.put("go_backwards", config(backward).get("go_backwards"));
      given.put("config", arguments);
      layers.add(layer(given));
    }
    Expression made = Expression.of("new " + imports.type("keras.layers", "Bidirectional"), layers);
    if (!"concat".equals(config.get("merge_mode"))) {
      Object mode = config.get("merge_mode");
      made.call(
          "mergeMode",
          List.of(Expression.literal(mode == null ? "null" : Code.quoted(mode.toString()))));
    }
    return trainable(made, config);
  }

  /** Returns a layer as it was given: its direction and its outputs for masks are set for it. */
  private static Map<Object, Object> oneWay(Map<?, ?> layer, String name) {
    Map<Object, Object> given = new LinkedHashMap<>(layer);
    Map<Object, Object> arguments = new LinkedHashMap<>(config(layer));
    arguments.put("name", name);
    arguments.put("zero_output_for_mask", false);
    arguments.put("go_backwards", false);
    given.put("config", arguments);
    return given;
  }

  private Expression rnn(Map<?, ?> config) {
    Expression made =
        Expression.of(
            "new " + imports.type("keras.layers", "RNN"),
            List.of(layer((Map<?, ?>) config.get("cell"))));
    for (String key :
        List.of(
            "return_sequences",
            "return_state",
            "go_backwards",
            "stateful",
            "unroll",
            "zero_output_for_mask")) {
      if (Boolean.TRUE.equals(config.get(key))) {
        made.call(Code.camelCase(key), List.of(Expression.literal("true")));
      }
    }
    return trainable(made, config);
  }

  private Expression stacked(Map<?, ?> config) {
    List<Expression> cells = new ArrayList<>();
    ((List<?>) config.get("cells")).forEach(each -> cells.add(layer((Map<?, ?>) each)));
    return trainable(
        Expression.of(
            "new " + imports.type("keras.layers", "StackedRNNCells"),
            List.of(Expression.of(imports.type("java.util", "List") + ".of", cells))),
        config);
  }

  private static Expression trainable(Expression made, Map<?, ?> config) {
    return Boolean.FALSE.equals(config.get("trainable"))
        ? made.call("trainable", List.of(Expression.literal("false")))
        : made;
  }

  private Expression timeDistributed(Map<?, ?> config) {
    Expression inner = layer((Map<?, ?>) config.get("layer"));
    Expression made =
        Expression.of("new " + imports.type("keras.layers", "TimeDistributed"), List.of(inner));
    return trainable(made, config);
  }
}
