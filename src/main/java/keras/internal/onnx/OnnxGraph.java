package keras.internal.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import keras.internal.graph.ExportedGraph.Constant;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * A graph of ONNX that grows: values are known by their names. The body of a loop is a graph within
 * another one, and may use the other one's values.
 */
final class OnnxGraph {

  private final GraphProto.Builder proto = GraphProto.newBuilder();
  private final OnnxGraph outer;

  /** How often each name was asked for, in this graph and in all around and inside it. */
  private final Map<String, Integer> names;

  private final Map<ByteString, String> constants = new HashMap<>();

  OnnxGraph(String name) {
    this(name, null, new HashMap<>());
  }

  private OnnxGraph(String name, OnnxGraph outer, Map<String, Integer> names) {
    this.outer = outer;
    this.names = names;
    proto.setName(name);
  }

  /** Starts the body of a loop. */
  OnnxGraph inside(String name) {
    return new OnnxGraph(name, this, names);
  }

  /** Returns the finished graph, without constants that nothing takes. */
  GraphProto finished() {
    Set<String> taken = new HashSet<>();
    collectTaken(proto.getNodeList(), taken);
    List<TensorProto> all = List.copyOf(proto.getInitializerList());
    proto.clearInitializer();
    all.stream().filter(each -> taken.contains(each.getName())).forEach(proto::addInitializer);
    return proto.build();
  }

  private static void collectTaken(List<NodeProto> nodes, Set<String> taken) {
    for (NodeProto node : nodes) {
      taken.addAll(node.getInputList());
      for (AttributeProto attribute : node.getAttributeList()) {
        collectTaken(attribute.getG().getNodeList(), taken);
      }
    }
  }

  /** Returns a name that no value has so far. */
  String unique(String wanted) {
    int before = names.merge(wanted, 1, Integer::sum) - 1;
    return before == 0 ? wanted : unique(wanted + "_" + before);
  }

  /** Adds an op with one output, without attributes. */
  String add(String op, String... inputs) {
    return add(op, Map.of(), inputs);
  }

  /** Adds an op with one output. */
  String add(String op, Map<String, ?> attributes, String... inputs) {
    return add(op, attributes, 1, inputs).get(0);
  }

  /** Adds an op; an input that is left out is an empty name. */
  List<String> add(String op, Map<String, ?> attributes, int outputs, String... inputs) {
    String name = unique(op);
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(op).setName(name);
    node.addAllInput(List.of(inputs));
    for (int i = 0; i < outputs; i++) {
      node.addOutput(outputs == 1 ? name : name + ":" + i);
    }
    new TreeMap<>(attributes).forEach((key, value) -> node.addAttribute(attribute(key, value)));
    proto.addNode(node);
    return node.getOutputList();
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Number number) {
      return value instanceof Float
          ? attribute.setType(AttributeType.FLOAT).setF(number.floatValue()).build()
          : attribute.setType(AttributeType.INT).setI(number.longValue()).build();
    }
    if (value instanceof long[] several) {
      attribute.setType(AttributeType.INTS);
      for (long each : several) {
        attribute.addInts(each);
      }
      return attribute.build();
    }
    if (value instanceof List<?> texts) {
      attribute.setType(AttributeType.STRINGS);
      texts.forEach(text -> attribute.addStrings(ByteString.copyFromUtf8(text.toString())));
      return attribute.build();
    }
    return value instanceof GraphProto graph
        ? attribute.setType(AttributeType.GRAPH).setG(graph).build()
        : attribute
            .setType(AttributeType.STRING)
            .setS(ByteString.copyFromUtf8(value.toString()))
            .build();
  }

  /** Gives a value a name that is known outside. */
  void rename(String value, String name) {
    proto.addNode(
        NodeProto.newBuilder()
            .setOpType("Identity")
            .setName(unique("Identity"))
            .addInput(value)
            .addOutput(name));
  }

  /** Returns a constant of the whole model. */
  String constant(String name, Constant value) {
    if (outer != null) {
      return outer.constant(name, value);
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDataType(type(value.type()))
            .setRawData(ByteString.copyFrom(value.bytes()));
    for (long size : value.shape().asArray()) {
      tensor.addDims(size);
    }
    return constants.computeIfAbsent(
        tensor.build().toByteString(),
        same -> {
          String unique = unique(name);
          proto.addInitializer(tensor.setName(unique));
          return unique;
        });
  }

  /** Returns a vector of whole numbers, as ONNX wants shapes and axes. */
  String longs(long... values) {
    return longs(Shape.of(values.length), values);
  }

  /** Returns whole numbers. */
  String longs(Shape shape, long... values) {
    return constant("sizes", ofLongs(shape, values));
  }

  /** Returns a single whole number. */
  String scalar(long value) {
    return constant("size", ofLongs(Shape.scalar(), value));
  }

  /** Returns a single number. */
  String scalar(float value) {
    return constant("number", Constants.floats(Shape.scalar(), value));
  }

  private static Constant ofLongs(Shape shape, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return new Constant(shape, DataType.DT_INT64, bytes.array());
  }

  /** Adds an input; of one inside a loop nobody needs to know the shape. */
  void input(String name, DataType type, Shape shape) {
    proto.addInput(value(name, type, shape));
  }

  /** Adds an output. */
  void output(String name, DataType type, Shape shape) {
    proto.addOutput(value(name, type, shape));
  }

  private static ValueInfoProto value(String name, DataType type, Shape shape) {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type(type));
    if (shape != null && !shape.isUnknown()) {
      var sizes = tensor.getShapeBuilder(); // a single number has one of no dimensions
      for (int i = 0; i < shape.numDimensions(); i++) {
        var dimension = sizes.addDimBuilder();
        if (shape.get(i) != Shape.UNKNOWN_SIZE) {
          dimension.setDimValue(shape.get(i));
        } else {
          dimension.setDimParam(i == 0 ? "batch" : name + "_" + i);
        }
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** Returns ONNX's number of a type of TensorFlow's. */
  static int type(DataType type) {
    return switch (type) {
      case DT_FLOAT -> TensorProto.DataType.FLOAT.getNumber();
      case DT_INT32 -> TensorProto.DataType.INT32.getNumber();
      case DT_INT64 -> TensorProto.DataType.INT64.getNumber();
      case DT_UINT8 -> TensorProto.DataType.UINT8.getNumber();
      case DT_UINT16 -> TensorProto.DataType.UINT16.getNumber();
      case DT_BOOL -> TensorProto.DataType.BOOL.getNumber();
      default -> throw Conversion.refused("ONNX", "has nothing for numbers of type " + type);
    };
  }

  /** Collects attributes in the order of their names. */
  static Map<String, Object> attributes(Object... namesAndValues) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return attributes;
  }
}
