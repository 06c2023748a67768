package keras.internal.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The ops of TensorFlow's that can be said in ONNX, by their names. */
final class Converters {

  /** Adds what an op is in ONNX, and returns its outputs; those nobody takes may be missing. */
  @FunctionalInterface
  interface Converter {
    List<String> convert(Node node);
  }

  private static final Map<String, Converter> BY_TYPE = new HashMap<>();

  static {
    Arithmetic.register();
    Shapes.register();
    Convolutions.register();
    Recurrences.register();
  }

  private Converters() {}

  /** Adds what a node is in ONNX. */
  static List<String> convert(Node node) {
    Converter converter = BY_TYPE.get(node.type());
    if (converter == null) {
      throw node.refused("is an op of TensorFlow's that is not known here");
    }
    return converter.convert(node);
  }

  /** Says how an op with one output is converted. */
  static void one(String type, Function<Node, String> converter) {
    several(type, node -> List.of(converter.apply(node)));
  }

  /** Says how an op is converted. */
  static void several(String type, Converter converter) {
    BY_TYPE.put(type, converter);
  }
}
