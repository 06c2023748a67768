package keras.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import keras.backend.Variable;
import keras.internal.text.SummaryTable;
import keras.layers.KerasTensor;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.layers.Node;
import keras.optimizers.Optimizer;

/** A model's table of layers, as Keras prints it. */
final class Summary {

  private static final double FLOAT_BYTES = 4;
  private static final double LONG_BYTES = 8;

  private Summary() {}

  static String of(Model model) {
    SummaryTable table = new SummaryTable(model.name());
    boolean connected = model.isFunctional() && !isChain(model.graph());
    List<Layer<?>> shown = model.isFunctional() ? model.graph().layers() : model.layers();
    for (Layer<?> layer : shown) {
      SummaryTable.Row row =
          new SummaryTable.Row(
              layer.name(),
              LayerAccess.typeName(layer),
              layer.built() ? shapes(layer) : "?",
              layer.built() ? count(layer.countParams()) : "0 (unbuilt)");
      table.row(connected ? row.connectedTo(sources(model.graph(), layer)) : row);
    }
    long[] trainable = new long[1];
    long[] frozen = new long[1];
    if (model.isGraphKnown()) {
      for (Variable weight : model.weights()) {
        (weight.trainable() ? trainable : frozen)[0] += weight.size();
      }
    }
    table.trainable(trainable[0], trainable[0] * FLOAT_BYTES);
    table.nonTrainable(frozen[0], frozen[0] * FLOAT_BYTES);
    addOptimizer(table, model.optimizer());
    return table.text();
  }

  /** Tells whether each layer takes what one other layer gives, and is called once. */
  private static boolean isChain(LayerGraph graph) {
    Set<Integer> users = new HashSet<>();
    Map<Node, Integer> uses = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.needed().size() > 1 || graph.nodes(node.layer()).size() > 1) {
        return false;
      }
      for (KerasTensor input : node.needed()) {
        users.add(uses.merge(input.node(), 1, Integer::sum));
      }
    }
    return graph.inputs().size() == 1 && !users.contains(2);
  }

  /** Returns the shapes of a layer's outputs, those of its first call if they do not agree. */
  private static String shapes(Layer<?> layer) {
    List<Node> calls = LayerAccess.nodes(layer);
    return SummaryTable.shapes(
        calls.stream()
            .limit(1)
            .flatMap(call -> call.outputs().stream())
            .map(tensor -> SummaryTable.shape(tensor.shape().asArray()))
            .toList());
  }

  /** Returns where the inputs of all calls come from: layer, number of the call and output. */
  private static String sources(LayerGraph graph, Layer<?> layer) {
    List<String> sources = new ArrayList<>();
    for (Node node : graph.nodes(layer)) {
      for (KerasTensor input : node.needed()) {
        Node from = input.node();
        sources.add(
            from.layer().name()
                + "["
                + graph.nodes(from.layer()).indexOf(from)
                + "]["
                + from.outputs().indexOf(input)
                + "]");
      }
    }
    return sources.isEmpty() ? "-" : String.join(", ", sources);
  }

  private static void addOptimizer(SummaryTable table, Optimizer<?> optimizer) {
    if (optimizer == null || !optimizer.built()) {
      return;
    }
    long count = 0;
    double bytes = 0;
    for (Variable variable : optimizer.variables()) {
      count += variable.size();
      bytes +=
          variable.size() * (variable.type() == Variable.Type.INT64 ? LONG_BYTES : FLOAT_BYTES);
    }
    table.optimizer(count, bytes);
  }

  private static String count(long parameters) {
    return String.format(java.util.Locale.ROOT, "%,d", parameters);
  }
}
