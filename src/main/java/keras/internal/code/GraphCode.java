package keras.internal.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import javax.lang.model.SourceVersion;

/** The statements that make a graph of layers, call by call. */
final class GraphCode {

  private static final String TENSOR = "__keras_tensor__";

  /** Layers that are called on a list, whatever its length. */
  /** The further arguments of calls. */
  private static final List<String> OPTIONS =
      List.of(
          "mask",
          "query_mask",
          "value_mask",
          "key_mask",
          "attention_mask",
          "count_weights",
          "use_causal_mask",
          "return_attention_scores",
          "reverse");

  private static final Set<String> MERGES =
      Set.of("Add", "Average", "Concatenate", "Dot", "Maximum", "Minimum", "Multiply", "Subtract");

  private final String indent;
  private final Imports imports;
  private final Set<String> variables;
  private final Function<Map<?, ?>, Expression> layerCode;
  private final StringBuilder body;
  private final Map<List<Object>, Expression> tensors = new HashMap<>();

  /**
   * Statements in the middle of others.
   *
   * @param variables the names that are taken
   * @param layerCode gives the expression that makes a layer
   * @param body gets the statements
   */
  GraphCode(
      String indent,
      Imports imports,
      Set<String> variables,
      Function<Map<?, ?>, Expression> layerCode,
      StringBuilder body) {
    this.indent = indent;
    this.imports = imports;
    this.variables = variables;
    this.layerCode = layerCode;
    this.body = body;
  }

  /** Adds the statements of a model's graph; gives the expression that makes the model. */
  Expression model(Map<?, ?> config) {
    List<Map<?, ?>> layers = new ArrayList<>();
    ((List<?>) config.get("layers")).forEach(each -> layers.add((Map<?, ?>) each));
    Map<Object, Map<?, ?>> byName = new LinkedHashMap<>();
    layers.forEach(layer -> byName.put(layer.get("name"), layer));
    Map<Object, Integer> done = new HashMap<>();
    Map<Object, String> own = new HashMap<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Map<?, ?> layer : layers) {
        List<?> calls = calls(layer);
        int next = done.getOrDefault(layer.get("name"), 0);
        while (next < calls.size() && isReady(calls.get(next))) {
          call(layer, calls.get(next), next, calls.size(), own);
          next++;
          more = true;
        }
        done.put(layer.get("name"), next);
      }
    }
    Expression inputs = ends(config.get("input_layers"), byName);
    Expression outputs = ends(config.get("output_layers"), byName);
    return Expression.of("new " + imports.type("keras.models", "Model"), List.of(inputs, outputs));
  }

  private static List<?> calls(Map<?, ?> layer) {
    return "InputLayer".equals(layer.get("class_name"))
        ? List.of(Map.of("args", List.of(), "kwargs", Map.of()))
        : (List<?>) layer.get("inbound_nodes");
  }

  private boolean isReady(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().allMatch(this::isReady);
    }
    if (value instanceof Map<?, ?> map) {
      return TENSOR.equals(map.get("class_name"))
          ? tensors.containsKey(place(map))
          : map.values().stream().allMatch(each -> each == null || isReady(each));
    }
    return true;
  }

  private static List<Object> place(Map<?, ?> tensor) {
    List<?> place = (List<?>) ((Map<?, ?>) tensor.get("config")).get("keras_history");
    return List.of(place.get(0), number(place.get(1)), number(place.get(2)));
  }

  private static int number(Object value) {
    return ((Number) value).intValue();
  }

  private void call(Map<?, ?> layer, Object call, int index, int count, Map<Object, String> own) {
    String name = String.valueOf(layer.get("name"));
    Map<?, ?> given = (Map<?, ?>) call;
    boolean several = OpCode.isOperation(layer) ? isSplit(layer) : hasSeveral(layer);
    several |=
        Boolean.TRUE.equals(((Map<?, ?>) given.get("kwargs")).get("return_attention_scores"));
    Expression made;
    if (OpCode.isOperation(layer)) {
      made = new OpCode(imports, this::tensor).call(layer, (List<?>) given.get("args"));
    } else if ("InputLayer".equals(layer.get("class_name"))) {
      made = layerCode.apply(layer).call("tensor", List.of());
    } else {
      Expression called =
          count > 1 || isModel(layer)
              ? Expression.literal(own.computeIfAbsent(name, n -> declare(layer)))
              : layerCode.apply(layer);
      made = called.call(several ? "callAll" : "call", arguments(layer, given));
    }
    String variable = unique(name + (count > 1 ? "_" + (index + 1) : ""));
    String tensorType = imports.type("keras.layers", "KerasTensor");
    String type = several ? imports.type("java.util", "List") + "<" + tensorType + ">" : tensorType;
    statement(type, variable, made);
    if (!several) {
      tensors.put(List.of(name, index, 0), Expression.literal(variable));
    }
    for (int i = 0; several && i < outputCount(layer); i++) {
      tensors.put(List.of(name, index, i), Expression.literal(variable + ".get(" + i + ")"));
    }
  }

  /** More than a layer can have; only those that are referred to are looked up. */
  private static int outputCount(Map<?, ?> layer) {
    return isModel(layer) ? 100 : 20;
  }

  /** Declares a variable for a layer that is called several times, or for a model. */
  private String declare(Map<?, ?> layer) {
    String className = String.valueOf(layer.get("class_name"));
    if (isModel(layer)) {
      return layerCode.apply(layer).oneLine();
    }
    String variable = unique(layer.get("name") + "_layer");
    statement(imports.type("keras.layers", className), variable, layerCode.apply(layer));
    return variable;
  }

  private void statement(String type, String variable, Expression made) {
    body.append(made.declaration(indent, type, variable));
  }

  private List<Expression> arguments(Map<?, ?> layer, Map<?, ?> call) {
    List<?> args = (List<?>) call.get("args");
    Object first = args.get(0);
    List<Expression> given = new ArrayList<>();
    boolean merges = MERGES.contains(String.valueOf(layer.get("class_name")));
    Map<?, ?> named = (Map<?, ?>) call.get("kwargs");
    boolean scores = Boolean.TRUE.equals(named.get("return_attention_scores"));
    if (args.size() > 1) {
      args.forEach(each -> given.add(structure(each)));
    } else {
      given.add(first instanceof List<?> || !merges ? structure(first) : list(List.of(first)));
    }
    if (scores && args.size() > 1) {
      Expression all = Expression.of(imports.type("java.util", "List") + ".of", List.copyOf(given));
      given.clear();
      given.add(all);
    }
    Object states = named.get("initial_state");
    if (states != null) {
      given.add(states instanceof List<?> list ? list(list) : list(List.of(states)));
    }
    Expression options = Expression.literal("c");
    for (String key : OPTIONS) {
      if (key.equals("mask") && named.get(key) instanceof List<?> masks) {
        options.call(key, List.of(maskList(masks)));
      } else if (named.get(key) instanceof Map<?, ?> tensor) {
        options.call(Code.camelCase(key), List.of(tensor(tensor)));
      } else if (Boolean.TRUE.equals(named.get(key))) {
        options.call(Code.camelCase(key), List.of(Expression.literal("true")));
      }
    }
    if (options.isChain()) {
      given.add(Expression.literal("c -> " + options.oneLine()));
    }
    return given;
  }

  private Expression tensor(Object written) {
    return tensors.get(place((Map<?, ?>) written));
  }

  private Expression list(List<?> tensorList) {
    return Expression.of(
        imports.type("java.util", "List") + ".of", tensorList.stream().map(this::tensor).toList());
  }

  private Expression maskList(List<?> masks) {
    List<Expression> each =
        masks.stream().map(m -> m == null ? Expression.literal("null") : tensor(m)).toList();
    return Expression.of(imports.type("java.util", "Arrays") + ".asList", each);
  }

  private Expression structure(Object argument) {
    if (argument instanceof List<?> several) {
      return list(several);
    }
    Map<?, ?> map = (Map<?, ?>) argument;
    return TENSOR.equals(map.get("class_name")) ? tensor(map) : named(map, this::tensor);
  }

  private Expression named(Map<?, ?> map, Function<Object, Expression> value) {
    List<Expression> parts = new ArrayList<>();
    new TreeMap<>(map)
        .forEach(
            (name, each) -> {
              parts.add(Expression.literal(Code.quoted(String.valueOf(name))));
              parts.add(value.apply(each));
            });
    return Expression.of(imports.type("java.util", "Map") + ".of", parts);
  }

  /** Returns inputs or outputs of a model: a place, or a list or map of places. */
  private Expression ends(Object places, Map<Object, Map<?, ?>> layers) {
    if (places instanceof Map<?, ?> map) {
      return named(map, each -> end((List<?>) each, layers));
    }
    List<?> list = (List<?>) places;
    if (list.get(0) instanceof String) {
      return end(list, layers);
    }
    return Expression.of(
        imports.type("java.util", "List") + ".of",
        list.stream().map(each -> end((List<?>) each, layers)).toList());
  }

  private Expression end(List<?> place, Map<Object, Map<?, ?>> layers) {
    int call = number(place.get(1));
    boolean functional = "Functional".equals(layers.get(place.get(0)).get("class_name"));
    return tensors.get(List.of(place.get(0), call - (functional ? 1 : 0), number(place.get(2))));
  }

  // ---- what a layer is

  static boolean isModel(Object layer) {
    return layer instanceof Map<?, ?> map
        && (isFunctional(map)
            || ("keras".equals(map.get("module")) && "Sequential".equals(map.get("class_name"))));
  }

  static boolean isFunctional(Map<?, ?> layer) {
    return "Functional".equals(layer.get("class_name"))
        && "keras.src.models.functional".equals(layer.get("module"));
  }

  private static boolean isSplit(Map<?, ?> layer) {
    return "Split".equals(layer.get("class_name"));
  }

  private static boolean hasSeveral(Map<?, ?> layer) {
    Map<?, ?> config = (Map<?, ?>) layer.get("config");
    if (isFunctional(layer)) {
      Object outputs = config.get("output_layers");
      return outputs instanceof Map<?, ?> map
          ? map.size() > 1
          : ((List<?>) outputs).get(0) instanceof List<?> && ((List<?>) outputs).size() > 1;
    }
    if (config.containsKey("merge_mode")) {
      Map<?, ?> inner = (Map<?, ?>) ((Map<?, ?>) config.get("layer")).get("config");
      return config.get("merge_mode") == null || Boolean.TRUE.equals(inner.get("return_state"));
    }
    return Boolean.TRUE.equals(config.get("return_state"));
  }

  private String unique(String name) {
    String camel = Code.camelCase(name);
    String usable = SourceVersion.isName(camel) && !camel.equals("c") ? camel : "the" + camel;
    String variable = usable;
    for (int i = 2; !variables.add(variable); i++) {
      variable = usable + i;
    }
    return variable.substring(0, 1).toLowerCase(Locale.ROOT) + variable.substring(1);
  }
}
