package keras.internal.onnx;

import static keras.internal.onnx.Converters.one;
import static keras.internal.onnx.OnnxGraph.attributes;

import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/** Functions of single numbers, products, and sums over dimensions. */
final class Arithmetic {

  /** Ops that are the same in ONNX, under the same name or another one. */
  private static final Map<String, String> SAME =
      Map.ofEntries(
          Map.entry("Abs", "Abs"),
          Map.entry("Add", "Add"),
          Map.entry("AddN", "Sum"),
          Map.entry("AddV2", "Add"),
          Map.entry("BiasAdd", "Add"),
          Map.entry("Ceil", "Ceil"),
          Map.entry("Cos", "Cos"),
          Map.entry("Div", "Div"),
          Map.entry("Elu", "Elu"),
          Map.entry("Equal", "Equal"),
          Map.entry("Erf", "Erf"),
          Map.entry("Exp", "Exp"),
          Map.entry("Floor", "Floor"),
          Map.entry("Greater", "Greater"),
          Map.entry("GreaterEqual", "GreaterOrEqual"),
          Map.entry("IsNan", "IsNaN"),
          Map.entry("Less", "Less"),
          Map.entry("LessEqual", "LessOrEqual"),
          Map.entry("Log", "Log"),
          Map.entry("LogicalAnd", "And"),
          Map.entry("LogicalNot", "Not"),
          Map.entry("LogicalOr", "Or"),
          Map.entry("Maximum", "Max"),
          Map.entry("Minimum", "Min"),
          Map.entry("Mul", "Mul"),
          Map.entry("Neg", "Neg"),
          Map.entry("Pow", "Pow"),
          Map.entry("RealDiv", "Div"),
          Map.entry("Relu", "Relu"),
          Map.entry("Rint", "Round"),
          Map.entry("SelectV2", "Where"),
          Map.entry("Selu", "Selu"),
          Map.entry("Sigmoid", "Sigmoid"),
          Map.entry("Sign", "Sign"),
          Map.entry("Sin", "Sin"),
          Map.entry("Softplus", "Softplus"),
          Map.entry("Softsign", "Softsign"),
          Map.entry("Sqrt", "Sqrt"),
          Map.entry("Sub", "Sub"),
          Map.entry("Tanh", "Tanh"));

  private Arithmetic() {}

  static void register() {
    SAME.forEach(
        (type, onnx) ->
            one(type, node -> node.graph().add(onnx, node.inputs(0, node.inputCount()))));
    // They are there for gradients, or for TensorFlow to know a shape.
    List.of("Identity", "StopGradient", "EnsureShape")
        .forEach(type -> one(type, node -> node.input(0)));
    one("Cast", node -> node.cast(node.input(0), node.typeOf("DstT")));
    one("NotEqual", node -> add(node, "Not", add(node, "Equal", node.inputs(0, 2))));
    one("Square", node -> add(node, "Mul", node.input(0), node.input(0)));
    one("Rsqrt", node -> add(node, "Reciprocal", add(node, "Sqrt", node.input(0))));
    one("Reciprocal", node -> add(node, "Reciprocal", node.input(0)));
    one("SquaredDifference", Arithmetic::squaredDifference);
    one("Log1p", node -> add(node, "Log", add(node, "Add", node.input(0), number(node, 1f))));
    one("Expm1", node -> add(node, "Sub", add(node, "Exp", node.input(0)), number(node, 1f)));
    one("FloorDiv", Arithmetic::floorDiv);
    one("FloorMod", Arithmetic::floorMod);
    one("Atan2", Arithmetic::atan2);
    one("Relu6", node -> add(node, "Clip", node.input(0), number(node, 0f), number(node, 6f)));
    one(
        "LeakyRelu",
        node ->
            node.graph()
                .add("LeakyRelu", attributes("alpha", node.number("alpha")), node.input(0)));
    one("Softmax", node -> node.graph().add("Softmax", attributes("axis", -1), node.input(0)));
    one(
        "LogSoftmax",
        node -> node.graph().add("LogSoftmax", attributes("axis", -1), node.input(0)));
    one("Bucketize", Arithmetic::bucketize);
    one("MatMul", node -> product(node, "transpose_a", "transpose_b"));
    one("BatchMatMulV2", node -> product(node, "adj_x", "adj_y"));
    one("BatchMatMulV3", node -> product(node, "adj_x", "adj_y"));
    one(
        "Einsum",
        node ->
            node.graph()
                .add(
                    "Einsum",
                    attributes("equation", node.text("equation")),
                    node.inputs(0, node.inputCount())));
    one("Sum", node -> reduced(node, "ReduceSum"));
    one("Mean", node -> reduced(node, "ReduceMean"));
    one("Max", node -> reduced(node, "ReduceMax"));
    one("Min", node -> reduced(node, "ReduceMin"));
    one("Prod", node -> reduced(node, "ReduceProd"));
    one("Any", node -> ofTruths(node, "ReduceMax"));
    one("All", node -> ofTruths(node, "ReduceMin"));
    one("Cumsum", Arithmetic::cumulated);
    one("ArgMax", node -> place(node, "ArgMax"));
    one("ArgMin", node -> place(node, "ArgMin"));
    Converters.several("TopKV2", Arithmetic::largest);
    one("RFFT", Arithmetic::transformed);
    // Complex numbers are pairs.
    one("Real", node -> part(node, 0));
    one("Imag", node -> part(node, 1));
  }

  private static String add(Node node, String op, String... inputs) {
    return node.graph().add(op, inputs);
  }

  private static String number(Node node, float value) {
    return node.graph().scalar(value);
  }

  private static String squaredDifference(Node node) {
    String difference = add(node, "Sub", node.input(0), node.input(1));
    return add(node, "Mul", difference, difference);
  }

  /** Rounds down, where ONNX's division of whole numbers cuts off. */
  private static String floorDiv(Node node) {
    if (node.isFloat(0)) {
      return add(node, "Floor", add(node, "Div", node.input(0), node.input(1)));
    }
    String rest = add(node, "Mod", node.input(0), node.input(1));
    return add(node, "Div", add(node, "Sub", node.input(0), rest), node.input(1));
  }

  private static String floorMod(Node node) {
    if (!node.isFloat(0)) {
      return add(node, "Mod", node.input(0), node.input(1));
    }
    String times = add(node, "Floor", add(node, "Div", node.input(0), node.input(1)));
    return add(node, "Sub", node.input(0), add(node, "Mul", times, node.input(1)));
  }

  /** The angle of (x, y), of which ONNX has the arc tangent alone. */
  private static String atan2(Node node) {
    String y = node.input(0);
    String x = node.input(1);
    String zero = number(node, 0f);
    String turn =
        add(
            node,
            "Where",
            add(node, "Less", y, zero),
            number(node, (float) -Math.PI),
            number(node, (float) Math.PI));
    String half = add(node, "Mul", add(node, "Sign", y), number(node, (float) (Math.PI / 2)));
    String straight = add(node, "Equal", x, zero);
    String safe = add(node, "Where", straight, number(node, 1f), x);
    String angle = add(node, "Atan", add(node, "Div", y, safe));
    String back = add(node, "Add", angle, turn);
    String of = add(node, "Where", add(node, "Less", x, zero), back, angle);
    return add(node, "Where", straight, half, of);
  }

  /** Counts the boundaries that a number is not below. */
  private static String bucketize(Node node) {
    float[] boundaries = node.numbers("boundaries");
    String each =
        node.graph()
            .constant("boundaries", Constants.floats(Shape.of(boundaries.length), boundaries));
    String number = node.cast(node.input(0), DataType.DT_FLOAT);
    String column = add(node, "Unsqueeze", number, node.graph().longs(-1));
    String reached = node.cast(add(node, "GreaterOrEqual", column, each), DataType.DT_INT32);
    return node.graph()
        .add("ReduceSum", attributes("keepdims", 0), reached, node.graph().longs(-1));
  }

  private static String product(Node node, String first, String second) {
    return add(node, "MatMul", factor(node, 0, first), factor(node, 1, second));
  }

  private static String factor(Node node, int i, String transposed) {
    return node.flag(transposed) ? Shapes.lastTwoSwapped(node, i) : node.input(i);
  }

  private static String reduced(Node node, String op) {
    return reduced(node, op, node.input(0));
  }

  private static String reduced(Node node, String op, String input) {
    long[] axes = node.constantLongs(1);
    if (axes.length == 0) {
      return add(node, "Identity", input);
    }
    int kept = node.flag("keep_dims") ? 1 : 0;
    return node.graph().add(op, attributes("keepdims", kept), input, node.graph().longs(axes));
  }

  private static String ofTruths(Node node, String op) {
    String numbers = node.cast(node.input(0), DataType.DT_INT32);
    return node.cast(reduced(node, op, numbers), DataType.DT_BOOL);
  }

  private static String cumulated(Node node) {
    return node.graph()
        .add(
            "CumSum",
            attributes(
                "exclusive",
                node.flag("exclusive") ? 1 : 0,
                "reverse",
                node.flag("reverse") ? 1 : 0),
            node.input(0),
            node.graph().scalar(node.constantLongs(1)[0]));
  }

  private static String place(Node node, String op) {
    String place =
        node.graph()
            .add(op, attributes("axis", node.constantLongs(1)[0], "keepdims", 0), node.input(0));
    return node.cast(place, node.typeOf("output_type"));
  }

  private static List<String> largest(Node node) {
    String count = add(node, "Reshape", node.longs(1), node.graph().longs(1));
    List<String> found = node.graph().add("TopK", Map.of(), 2, node.input(0), count);
    return List.of(found.get(0), node.cast(found.get(1), DataType.DT_INT32));
  }

  private static String transformed(Node node) {
    int last = node.rank(0) - 1;
    String signals = add(node, "Unsqueeze", node.input(0), node.graph().longs(-1));
    String length = node.graph().scalar(node.constantLongs(1)[0]);
    return node.graph().add("DFT", attributes("axis", last, "onesided", 1), signals, length);
  }

  private static String part(Node node, long which) {
    return node.graph()
        .add("Gather", attributes("axis", -1), node.input(0), node.graph().scalar(which));
  }
}
