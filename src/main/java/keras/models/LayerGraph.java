package keras.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Errors;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.layers.Node;
import org.tensorflow.ndarray.Shape;

/**
 * The layer calls between some tensors, in an order in which they can be done. Keras: {@code
 * Function}.
 *
 * <p>The order is Keras's, as that of weights, of seeds and of files depends on it: what is further
 * from the outputs comes first, among equals what a search from the outputs meets first.
 */
final class LayerGraph {

  private final List<KerasTensor> inputs;
  private final List<KerasTensor> outputs;
  private final List<KerasTensor> losses;
  private final List<Node> nodes;
  private final List<Layer<?>> layers;
  private final List<Shape> inputShapes;

  LayerGraph(List<KerasTensor> inputs, List<KerasTensor> outputs) {
    this(inputs, outputs, List.of());
  }

  /**
   * @param losses scalars that add to the loss
   */
  LayerGraph(List<KerasTensor> inputs, List<KerasTensor> outputs, List<KerasTensor> losses) {
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.losses = List.copyOf(losses);
    this.inputShapes = inputs.stream().map(KerasTensor::shape).toList();
    Search search = new Search(inputs);
    outputs.forEach(output -> search.visit(output, null));
    losses.forEach(loss -> search.visit(loss, null));
    Depths depths = new Depths(search, inputs);
    this.nodes = depths.nodes();
    this.layers = depths.layers(search);
    checkNames();
  }

  /** Returns the part of the graph from some of its tensors on. */
  LayerGraph from(List<KerasTensor> tensors) {
    return new LayerGraph(tensors, outputs, losses);
  }

  /** The search from the outputs back to the inputs. */
  private static final class Search {
    private final Set<KerasTensor> inputs;
    private final Set<Node> finished = new HashSet<>();

    /** The calls, each after those whose outputs it needs. */
    private final List<Node> ordered = new ArrayList<>();

    /** The layers, in the order in which the search meets them. */
    private final Set<Layer<?>> met = new LinkedHashSet<>();

    Search(List<KerasTensor> inputs) {
      this.inputs = new HashSet<>(inputs);
    }

    void visit(KerasTensor tensor, Layer<?> user) {
      Node node = tensor.node();
      boolean isInput = node.layer() instanceof Input;
      if (finished.contains(node) || (inputs.contains(tensor) && !isInput)) {
        return;
      }
      if (isInput && !inputs.contains(tensor)) {
        throw Errors.in(
                user == null ? "Model" : user.toString(), "the graph of layers is disconnected.")
            .expected("tensors that depend on the model's inputs alone")
            .got("a tensor of " + node.layer() + ", which is not among them")
            .fix("add this tensor to the model's inputs")
            .argument();
      }
      met.add(node.layer());
      node.needed().forEach(input -> visit(input, node.layer()));
      finished.add(node);
      ordered.add(node);
    }
  }

  /** How far calls and layers are from the outputs: the number of calls between. */
  private static final class Depths {
    private final Map<Node, Integer> ofNodes = new LinkedHashMap<>();
    private final Map<Layer<?>, Integer> ofLayers = new LinkedHashMap<>();

    Depths(Search search, List<KerasTensor> inputs) {
      for (int i = search.ordered.size() - 1; i >= 0; i--) {
        Node node = search.ordered.get(i);
        int depth =
            Math.max(ofNodes.computeIfAbsent(node, n -> 0), ofLayers.getOrDefault(node.layer(), 0));
        ofLayers.put(node.layer(), depth);
        ofNodes.put(node, depth);
        for (KerasTensor input : node.needed()) {
          if (search.finished.contains(input.node())) {
            ofNodes.merge(input.node(), depth + 1, Math::max);
          }
        }
      }
      for (KerasTensor input : inputs) {
        if (input.node().layer() instanceof Input
            && ofLayers.putIfAbsent(input.node().layer(), 0) == null) {
          ofNodes.put(input.node(), 0);
        }
      }
    }

    List<Node> nodes() {
      List<Node> nodes = new ArrayList<>(ofNodes.keySet());
      nodes.sort(Comparator.comparing(node -> -ofNodes.get(node)));
      return List.copyOf(nodes);
    }

    List<Layer<?>> layers(Search search) {
      List<Layer<?>> met = new ArrayList<>(search.met);
      Map<Layer<?>, Integer> places = new HashMap<>();
      met.forEach(layer -> places.put(layer, places.size()));
      List<Layer<?>> layers = new ArrayList<>(ofLayers.keySet());
      layers.sort(
          Comparator.<Layer<?>, Integer>comparing(layer -> -ofLayers.get(layer))
              .thenComparing(layer -> places.getOrDefault(layer, -1)));
      return List.copyOf(layers);
    }
  }

  private void checkNames() {
    Map<String, Layer<?>> names = new HashMap<>();
    for (Layer<?> layer : layers) {
      Layer<?> other = names.put(layer.name(), layer);
      if (other != null) {
        throw Errors.in("Model", "two layers are named \"" + layer.name() + "\".")
            .expected("a name for each layer that no other layer of the model has")
            .got(other + " and " + layer)
            .fix("name(\"" + layer.name() + "_2\") on one of them")
            .argument();
      }
    }
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

  /** Returns each layer once, inputs and operations too. */
  List<Layer<?>> layers() {
    return layers;
  }

  /**
   * Returns the calls of a layer that belong to this graph, in the order in which they were made.
   */
  List<Node> nodes(Layer<?> layer) {
    Set<Node> own = new HashSet<>(nodes);
    return LayerAccess.nodes(layer).stream().filter(own::contains).toList();
  }

  /** Returns the shapes of the outputs for inputs of certain shapes. */
  List<Shape> outputShapes(List<Shape> given) {
    if (given.equals(inputShapes)) {
      return outputs.stream().map(KerasTensor::shape).toList();
    }
    Map<KerasTensor, Shape> known = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      known.put(inputs.get(i), given.get(i));
    }
    for (Node node : nodes) {
      if (!known.containsKey(node.outputs().get(0))) {
        List<Shape> shapes =
            LayerAccess.outputShapes(node, node.inputs().stream().map(known::get).toList());
        for (int i = 0; i < shapes.size(); i++) {
          known.put(node.outputs().get(i), shapes.get(i));
        }
      }
    }
    return outputs.stream().map(known::get).toList();
  }

  List<List<MaskedTensor>> forward(List<Tape> tapes, List<List<MaskedTensor>> values) {
    return run(tapes, values, LayerAccess::forward);
  }

  /** Adds the ops of a call. */
  @FunctionalInterface
  private interface Caller {
    List<List<MaskedTensor>> call(
        Node node, List<Tape> tapes, List<Function<KerasTensor, MaskedTensor>> known);
  }

  /**
   * Gives the outputs of every layer, in the order of the calls, those of layers in models inside
   * before the model's. The first tensor of a layer is under the layer's path, further ones, of
   * other calls too, under {@code name:1} and so on.
   */
  Map<String, MaskedTensor> layerOutputs(Tape tape, List<MaskedTensor> values) {
    Map<String, MaskedTensor> named = new LinkedHashMap<>();
    observe(tape, values, "", named, new HashMap<>());
    return named;
  }

  private List<MaskedTensor> observe(
      Tape tape,
      List<MaskedTensor> values,
      String place,
      Map<String, MaskedTensor> named,
      Map<String, Integer> counts) {
    Caller observed =
        (node, tapes, known) -> {
          String path = place + node.layer().name();
          List<MaskedTensor> made =
              node.layer() instanceof Model inner
                  ? inner
                      .graph()
                      .observe(
                          tapes.get(0),
                          node.inputs().stream().map(known.get(0)).toList(),
                          path + "/",
                          named,
                          counts)
                  : LayerAccess.forward(node, tapes, known).get(0);
          for (MaskedTensor each : made) {
            int count = counts.merge(path, 1, Integer::sum) - 1;
            named.put(path + (count == 0 ? "" : ":" + count), each);
          }
          return List.of(made);
        };
    return run(List.of(tape), List.of(values), observed).get(0);
  }

  private List<List<MaskedTensor>> run(
      List<Tape> tapes, List<List<MaskedTensor>> values, Caller caller) {
    List<Map<KerasTensor, MaskedTensor>> known = new ArrayList<>();
    for (List<MaskedTensor> given : values) {
      Map<KerasTensor, MaskedTensor> own = new HashMap<>();
      for (int i = 0; i < inputs.size(); i++) {
        own.put(inputs.get(i), given.get(i));
      }
      known.add(own);
    }
    List<Function<KerasTensor, MaskedTensor>> lookups = new ArrayList<>();
    known.forEach(own -> lookups.add(own::get));
    for (Node node : nodes) {
      if (known.get(0).containsKey(node.outputs().get(0))) {
        continue;
      }
      List<List<MaskedTensor>> made = caller.call(node, tapes, lookups);
      for (int t = 0; t < tapes.size(); t++) {
        for (int i = 0; i < made.get(t).size(); i++) {
          known.get(t).put(node.outputs().get(i), made.get(t).get(i));
        }
        if (LayerAccess.takesMasksOff(node.layer())) {
          Map<KerasTensor, MaskedTensor> own = known.get(t);
          node.inputs().forEach(input -> own.computeIfPresent(input, (k, v) -> v.withMask(null)));
        }
      }
    }
    List<List<MaskedTensor>> all = new ArrayList<>();
    for (int t = 0; t < tapes.size(); t++) {
      Tape tape = tapes.get(t);
      Function<KerasTensor, MaskedTensor> own = lookups.get(t);
      losses.forEach(loss -> tape.addLossOfSamples(own.apply(loss).tensor()));
      all.add(outputs.stream().map(own).toList());
    }
    return all;
  }
}
