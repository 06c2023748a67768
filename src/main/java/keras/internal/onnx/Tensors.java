package keras.internal.onnx;

import java.util.List;
import org.tensorflow.proto.NodeDef;

/** Takes the names of tensors apart: {@code node}, {@code node:1}, {@code ^node}. */
final class Tensors {

  private Tensors() {}

  /** Returns what a node takes, without what it only waits for, as {@code node:output}. */
  static List<String> inputs(NodeDef node) {
    return node.getInputList().stream()
        .filter(input -> !input.startsWith("^"))
        .map(input -> input.contains(":") ? input : input + ":0")
        .toList();
  }

  static String node(String tensor) {
    return tensor.substring(0, tensor.lastIndexOf(':'));
  }

  static int output(String tensor) {
    return Integer.parseInt(tensor.substring(tensor.lastIndexOf(':') + 1));
  }
}
