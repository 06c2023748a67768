package keras.internal.onnx;

import static keras.internal.onnx.OnnxGraph.attributes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * Recurrent layers over all timesteps in one op. An exported graph has cuDNN's op for them, which
 * takes and gives what ONNX's ops do; the weights lie in another order.
 */
final class Recurrences {

  /**
   * An op of ONNX's.
   *
   * @param name its name
   * @param gates the places that its gates have in cuDNN's weights
   * @param states how many states it has
   * @param attributes what makes it compute the same as cuDNN
   */
  private record Kind(
      String name, List<Integer> gates, int states, Map<String, Object> attributes) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          "lstm", new Kind("LSTM", List.of(0, 3, 1, 2), 2, Map.of()),
          "gru", new Kind("GRU", List.of(1, 0, 2), 1, Map.of("linear_before_reset", 1)),
          "rnn_tanh", new Kind("RNN", List.of(0), 1, Map.of()),
          "rnn_relu", new Kind("RNN", List.of(0), 1, Map.of("activations", List.of("Relu"))));

  private Recurrences() {}

  static void register() {
    Converters.several("CudnnRNNV3", Recurrences::recurrence);
  }

  private static List<String> recurrence(Node node) {
    Kind kind = KINDS.get(node.text("rnn_mode"));
    OnnxGraph graph = node.graph();
    int units = (int) node.size(1, 2);
    int features = (int) node.size(0, 2);
    int gates = kind.gates().size();
    float[] weights = Constants.floats(node.constant(3));
    int states = gates * units * features;
    int biases = states + gates * units * units;
    float[] ofInputs = gathered(weights, 0, kind.gates(), units * features);
    float[] ofStates = gathered(weights, states, kind.gates(), units * units);
    float[] inputBias = gathered(weights, biases, kind.gates(), units);
    float[] stateBias = gathered(weights, biases + gates * units, kind.gates(), units);
    float[] bias = new float[2 * gates * units];
    System.arraycopy(inputBias, 0, bias, 0, gates * units);
    System.arraycopy(stateBias, 0, bias, gates * units, gates * units);
    long rows = (long) gates * units;
    List<String> inputs = new ArrayList<>();
    inputs.add(node.input(0));
    inputs.add(constant(graph, kind, "W", Shape.of(1, rows, features), ofInputs));
    inputs.add(constant(graph, kind, "R", Shape.of(1, rows, units), ofStates));
    inputs.add(constant(graph, kind, "B", Shape.of(1, 2 * rows), bias));
    inputs.add(""); // no sequence is short
    inputs.addAll(List.of(node.inputs(1, 1 + kind.states())));
    Map<String, Object> attributes = attributes("hidden_size", units);
    attributes.putAll(kind.attributes());
    List<String> made =
        new ArrayList<>(
            graph.add(kind.name(), attributes, 1 + kind.states(), inputs.toArray(String[]::new)));
    // (timesteps, directions, batch, units)
    made.set(0, graph.add("Squeeze", made.get(0), graph.longs(1)));
    return made;
  }

  private static String constant(
      OnnxGraph graph, Kind kind, String name, Shape shape, float[] values) {
    return graph.constant(kind.name() + "/" + name, Constants.floats(shape, values));
  }

  /** Takes the parts of the gates in another order. */
  private static float[] gathered(float[] weights, int from, List<Integer> gates, int size) {
    float[] ordered = new float[gates.size() * size];
    for (int i = 0; i < gates.size(); i++) {
      System.arraycopy(weights, from + gates.get(i) * size, ordered, i * size, size);
    }
    return ordered;
  }
}
