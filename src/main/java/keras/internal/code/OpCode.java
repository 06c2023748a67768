package keras.internal.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A call of a function of {@code keras.ops} as a call of {@code keras.ops.Ops}. */
final class OpCode {

  private static final String INDICES = "org.tensorflow.ndarray.index";

  /** Functions whose method in Java has another name than the class. */
  private static final Map<String, String> RENAMED =
      Map.of("TrueDivide", "divide", "Absolute", "abs");

  /** Functions of tensors and numbers alone. */
  private static final Set<String> PLAIN =
      Set.of(
          "Absolute",
          "Add",
          "Ceil",
          "ConvertToTensor",
          "Cos",
          "Equal",
          "Exp",
          "Expm1",
          "Floor",
          "Greater",
          "GreaterEqual",
          "Less",
          "LessEqual",
          "Log",
          "Log1p",
          "LogicalNot",
          "Matmul",
          "Maximum",
          "Minimum",
          "Multiply",
          "Negative",
          "NotEqual",
          "OnesLike",
          "Power",
          "Relu",
          "Rsqrt",
          "Sigmoid",
          "Sign",
          "Silu",
          "Sin",
          "Softplus",
          "Sqrt",
          "Square",
          "StopGradient",
          "Subtract",
          "Tanh",
          "TrueDivide",
          "Where",
          "ZerosLike");

  /** The arguments that follow the tensors, by their names in a configuration. */
  private static final Map<String, List<String>> FURTHER =
      Map.ofEntries(
          Map.entry("Softmax", List.of("axis")),
          Map.entry("LogSoftmax", List.of("axis")),
          Map.entry("Clip", List.of("x_min", "x_max")),
          Map.entry("Cast", List.of("dtype")),
          Map.entry("Argmax", List.of("axis")),
          Map.entry("Argmin", List.of("axis")),
          Map.entry("Cumsum", List.of("axis")),
          Map.entry("Normalize", List.of()),
          Map.entry("Concatenate", List.of("axis")),
          Map.entry("Stack", List.of("axis")),
          Map.entry("Reshape", List.of("newshape")),
          Map.entry("ExpandDims", List.of("axis")),
          Map.entry("Squeeze", List.of("axis")),
          Map.entry("Transpose", List.of("axes")),
          Map.entry("Swapaxes", List.of("axis1", "axis2")),
          Map.entry("Repeat", List.of("repeats", "axis")),
          Map.entry("Tile", List.of("repeats")),
          Map.entry("Flip", List.of("axis")),
          Map.entry("BroadcastTo", List.of("shape")),
          Map.entry("Take", List.of("axis")),
          Map.entry("OneHot", List.of("num_classes")),
          Map.entry("Split", List.of("indices_or_sections", "axis")));

  private static final Set<String> REDUCTIONS =
      Set.of("Sum", "Mean", "Max", "Min", "Prod", "Var", "Std", "Logsumexp", "Any", "All");

  private final Imports imports;
  private final Function<Object, Expression> tensor;

  /** Code with expressions for the tensors of a graph. */
  OpCode(Imports imports, Function<Object, Expression> tensor) {
    this.imports = imports;
    this.tensor = tensor;
  }

  static boolean isOperation(Map<?, ?> layer) {
    return String.valueOf(layer.get("module")).startsWith("keras.src.ops.");
  }

  Expression call(Map<?, ?> layer, List<?> given) {
    String className = String.valueOf(layer.get("class_name"));
    Map<?, ?> config = (Map<?, ?>) layer.get("config");
    String lower = className.substring(0, 1).toLowerCase(Locale.ROOT) + className.substring(1);
    String method = imports.type("keras.ops", "Ops") + "." + RENAMED.getOrDefault(className, lower);
    List<Expression> arguments = new ArrayList<>();
    if (className.equals("GetItem")) {
      arguments.add(tensor.apply(given.get(0)));
      List<Object> keys = new ArrayList<>();
      if (given.get(1) instanceof List<?> list) {
        keys.addAll(list);
      } else {
        keys.add(given.get(1));
      }
      keys.forEach(key -> arguments.add(index(key)));
      return Expression.of(method, arguments);
    }
    if (className.equals("Einsum")) {
      arguments.add(literal(Code.quoted(String.valueOf(config.get("subscripts")))));
    }
    given.forEach(each -> arguments.add(argument(each)));
    if (REDUCTIONS.contains(className)) {
      if (Boolean.TRUE.equals(config.get("keepdims"))) {
        arguments.add(literal("true"));
      }
      add(arguments, config.get("axis"));
    } else if (FURTHER.containsKey(className)) {
      FURTHER.get(className).forEach(key -> add(arguments, config.get(key)));
    } else if (!PLAIN.contains(className) && !className.equals("Einsum")) {
      throw Code.refused("keras.ops." + className, "write it into the code by hand");
    }
    return Expression.of(method, arguments);
  }

  private static void add(List<Expression> arguments, Object value) {
    if (value instanceof List<?> list) {
      list.forEach(each -> add(arguments, each));
    } else if (value != null) {
      arguments.add(
          literal(value instanceof String text ? Code.quoted(text) : String.valueOf(value)));
    }
  }

  private static Expression literal(String text) {
    return Expression.literal(text);
  }

  private Expression argument(Object value) {
    if (value instanceof List<?> list) {
      return Expression.of(
          imports.type("java.util", "List") + ".of", list.stream().map(tensor).toList());
    }
    return value instanceof Map<?, ?> ? tensor.apply(value) : literal(String.valueOf(value));
  }

  private Expression index(Object key) {
    String indices = imports.type(INDICES, "Indices");
    if (key == null) {
      return literal(indices + ".newAxis()");
    }
    if (key instanceof Number number) {
      return literal(indices + ".at(" + number + ")");
    }
    Map<?, ?> map = (Map<?, ?>) key;
    if ("__ellipsis__".equals(map.get("class_name"))) {
      return literal(indices + ".ellipsis()");
    }
    Map<?, ?> slice = (Map<?, ?>) map.get("config");
    if (slice.values().stream().allMatch(each -> each == null)) {
      return literal(indices + ".all()");
    }
    Object step = slice.get("step") == null ? 1 : slice.get("step");
    return literal(
        indices
            + ".slice("
            + bound(slice.get("start"))
            + ", "
            + bound(slice.get("stop"))
            + ", "
            + bound(step)
            + ")");
  }

  private static String bound(Object value) {
    return value == null ? "null" : value + "L";
  }
}
