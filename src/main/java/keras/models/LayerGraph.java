package keras.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Errors;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.layers.Node;
import org.tensorflow.ndarray.Shape;

/** The layer calls between some tensors, in an order in which they can be done. */
final class LayerGraph {

  private final List<KerasTensor> inputs;
  private final List<KerasTensor> outputs;
  private final List<Node> nodes;
  private final List<Shape> inputShapes;

  LayerGraph(List<KerasTensor> inputs, List<KerasTensor> outputs) {
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    Set<Node> ordered = new LinkedHashSet<>();
    for (KerasTensor input : inputs) {
      if (input.node().layer() instanceof Input) {
        ordered.add(input.node());
      }
    }
    outputs.forEach(output -> visit(output, null, Set.copyOf(inputs), ordered));
    this.nodes = List.copyOf(ordered);
    this.inputShapes = inputs.stream().map(KerasTensor::shape).toList();
  }

  /** Adds the calls that a tensor depends on, up to the inputs. */
  private static void visit(
      KerasTensor tensor, Layer<?> user, Set<KerasTensor> inputs, Set<Node> ordered) {
    Node node = tensor.node();
    if (inputs.contains(tensor) || ordered.contains(node)) {
      return;
    }
    if (node.layer() instanceof Input) {
      throw Errors.in(
              user == null ? "Model" : user.toString(), "the graph of layers is disconnected.")
          .expected("tensors that depend on the model's inputs alone")
          .got("a tensor of " + node.layer() + ", which is not among them")
          .fix("add this tensor to the model's inputs")
          .argument();
    }
    node.inputs().forEach(input -> visit(input, node.layer(), inputs, ordered));
    ordered.add(node);
  }

  List<KerasTensor> inputs() {
    return inputs;
  }

  List<Shape> inputShapes() {
    return inputShapes;
  }

  List<KerasTensor> outputs() {
    return outputs;
  }

  /** Returns the calls, each after those whose outputs it needs. */
  List<Node> nodes() {
    return nodes;
  }

  /** Each layer once, in the order of its first call. */
  List<Layer<?>> layers() {
    Set<Layer<?>> layers = new LinkedHashSet<>();
    nodes.forEach(node -> layers.add(node.layer()));
    return new ArrayList<>(layers);
  }

  List<MaskedTensor> forward(Tape tape, List<MaskedTensor> values) {
    Map<KerasTensor, MaskedTensor> known = run(tape, values);
    return outputs.stream().map(known::get).toList();
  }

  /**
   * Gives the outputs of every layer, in the order of the calls. The first tensor of a layer is
   * under the layer's name, further ones, of other calls too, under {@code name:1} and so on.
   */
  Map<String, MaskedTensor> layerOutputs(Tape tape, List<MaskedTensor> values) {
    Map<KerasTensor, MaskedTensor> known = run(tape, values);
    Map<String, MaskedTensor> named = new LinkedHashMap<>();
    Map<Layer<?>, Integer> counts = new HashMap<>();
    for (Node node : nodes) {
      if (node.layer() instanceof Input) {
        continue;
      }
      for (KerasTensor output : node.outputs()) {
        int count = counts.merge(node.layer(), 1, Integer::sum) - 1;
        named.put(node.layer().name() + (count == 0 ? "" : ":" + count), known.get(output));
      }
    }
    return named;
  }

  private Map<KerasTensor, MaskedTensor> run(Tape tape, List<MaskedTensor> values) {
    Map<KerasTensor, MaskedTensor> known = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      known.put(inputs.get(i), values.get(i));
    }
    for (Node node : nodes) {
      if (known.containsKey(node.outputs().get(0))) {
        continue;
      }
      List<MaskedTensor> given = node.inputs().stream().map(known::get).toList();
      List<MaskedTensor> made = LayerAccess.forward(node.layer(), tape, given);
      for (int i = 0; i < made.size(); i++) {
        known.put(node.outputs().get(i), made.get(i));
      }
    }
    return known;
  }
}
