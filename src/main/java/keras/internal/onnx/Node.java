package keras.internal.onnx;

import java.util.List;
import java.util.stream.IntStream;
import keras.internal.graph.ExportedGraph.Constant;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/** An op of TensorFlow's that is being converted: what it takes, and where its ONNX goes. */
final class Node {

  private final NodeDef definition;
  private final Conversion conversion;
  private final OnnxGraph graph;
  private final List<String> inputs;

  Node(NodeDef definition, Conversion conversion, OnnxGraph graph) {
    this.definition = definition;
    this.conversion = conversion;
    this.graph = graph;
    this.inputs = Tensors.inputs(definition);
  }

  String type() {
    return definition.getOp();
  }

  OnnxGraph graph() {
    return graph;
  }

  int inputCount() {
    return inputs.size();
  }

  /** Returns the value of an input. */
  String input(int i) {
    return conversion.value(inputs.get(i));
  }

  /** Returns the values of the inputs from one on, up to another one. */
  String[] inputs(int from, int to) {
    return IntStream.range(from, to).mapToObj(this::input).toArray(String[]::new);
  }

  /** Returns an input of whole numbers as ONNX wants sizes, int64. */
  String longs(int i) {
    return isConstant(i) ? graph.longs(constant(i).shape(), constantLongs(i)) : toLong(input(i));
  }

  /** Converts whole numbers to int64. */
  String toLong(String value) {
    return cast(value, DataType.DT_INT64);
  }

  /** Converts numbers. */
  String cast(String value, DataType type) {
    return graph.add("Cast", OnnxGraph.attributes("to", OnnxGraph.type(type)), value);
  }

  boolean isConstant(int i) {
    return conversion.constant(inputs.get(i)) != null;
  }

  /** Returns the value of an input that must be known before a run. */
  Constant constant(int i) {
    Constant value = conversion.constant(inputs.get(i));
    if (value == null) {
      throw refused("wants input " + i + " to be known before a run");
    }
    return value;
  }

  long[] constantLongs(int i) {
    return Constants.longs(constant(i));
  }

  /** Returns the shape of an input, unknown sizes as -1. */
  Shape shape(int i) {
    return conversion.shape(inputs.get(i));
  }

  /** Returns the number of dimensions of an input. */
  int rank(int i) {
    Shape shape = shape(i);
    if (shape.isUnknown()) {
      throw refused("wants to know the number of dimensions");
    }
    return shape.numDimensions();
  }

  /** Returns a dimension of an input that must be known. */
  long size(int i, int axis) {
    long size = shape(i).get(axis);
    if (size == Shape.UNKNOWN_SIZE) {
      throw refused("wants to know the size of dimension " + axis);
    }
    return size;
  }

  DataType inputType(int i) {
    return conversion.type(inputs.get(i));
  }

  boolean isFloat(int i) {
    return inputType(i) == DataType.DT_FLOAT;
  }

  boolean has(String attribute) {
    return definition.containsAttr(attribute);
  }

  boolean flag(String attribute) {
    return attr(attribute).getB();
  }

  long integer(String attribute) {
    return attr(attribute).getI();
  }

  float number(String attribute) {
    return attr(attribute).getF();
  }

  String text(String attribute) {
    return attr(attribute).getS().toStringUtf8();
  }

  DataType typeOf(String attribute) {
    return attr(attribute).getType();
  }

  long[] list(String attribute) {
    return attr(attribute).getList().getIList().stream().mapToLong(Long::longValue).toArray();
  }

  float[] numbers(String attribute) {
    List<Float> values = attr(attribute).getList().getFList();
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i);
    }
    return numbers;
  }

  private AttrValue attr(String attribute) {
    return definition.getAttrOrDefault(attribute, AttrValue.getDefaultInstance());
  }

  /** Returns the exception for what ONNX cannot say. */
  RuntimeException refused(String why) {
    return Conversion.refused(type(), why);
  }
}
