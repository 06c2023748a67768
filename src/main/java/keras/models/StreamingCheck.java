package keras.models;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.layers.Node;
import keras.layers.Recurrent;

/**
 * Finds out whether a model can be given one timestep at a time: whether all that happens between
 * timesteps happens in the states of recurrent layers.
 */
final class StreamingCheck {

  /**
   * A reason against it.
   *
   * @param layer the layer or the model
   * @param why a clause
   */
  record Hindrance(Layer<?> layer, String why) {}

  /** The tensors that have the timesteps of the input as their dimension 1. */
  private final Set<KerasTensor> timed = new HashSet<>();

  private int recurrent;
  private Hindrance hindrance;

  private StreamingCheck() {}

  /** Finds the reason against a model's streaming, if there is one. */
  static Optional<Hindrance> hindrance(Model model) {
    StreamingCheck streaming = new StreamingCheck();
    LayerGraph graph = model.graph();
    graph.inputs().stream().filter(StreamingCheck::isSequence).forEach(streaming.timed::add);
    if (streaming.timed.isEmpty()) {
      return Optional.of(new Hindrance(model, "its input has no axis of timesteps"));
    }
    streaming.walk(graph);
    if (streaming.hindrance == null && streaming.recurrent == 0) {
      return Optional.of(new Hindrance(model, "it has no recurrent layer, hence no states"));
    }
    return Optional.ofNullable(streaming.hindrance);
  }

  /** Tells which outputs of a model that can be streamed have an axis of timesteps. */
  static List<Boolean> timedOutputs(Model model) {
    StreamingCheck streaming = new StreamingCheck();
    LayerGraph graph = model.graph();
    graph.inputs().stream().filter(StreamingCheck::isSequence).forEach(streaming.timed::add);
    streaming.walk(graph);
    return graph.outputs().stream().map(streaming.timed::contains).toList();
  }

  static boolean isSequence(KerasTensor tensor) {
    return tensor.shape().numDimensions() > 2;
  }

  private void walk(LayerGraph graph) {
    for (Node node : graph.nodes()) {
      if (hindrance == null && !(node.layer() instanceof Input)) {
        enter(node);
      }
    }
  }

  private void enter(Node node) {
    boolean sequence = node.inputs().stream().anyMatch(timed::contains);
    if (node.layer() instanceof Model model) {
      enter(node, model);
    } else if (node.layer() instanceof Recurrent<?> layer) {
      recurrent++;
      if (!sequence || node.inputs().size() > 1) {
        hindrance = new Hindrance(layer, "it goes over something else than the model's timesteps");
      }
    }
    if (hindrance == null && sequence && !(node.layer() instanceof Model)) {
      LayerAccess.hindranceToStreaming(node.layer(), node.inputs().get(0).shape())
          .ifPresent(why -> hindrance = new Hindrance(node.layer(), why));
      node.outputs().stream().filter(StreamingCheck::isSequence).forEach(timed::add);
    }
  }

  private void enter(Node node, Model model) {
    LayerGraph graph = model.graph();
    for (int i = 0; i < node.inputs().size(); i++) {
      if (timed.contains(node.inputs().get(i))) {
        timed.add(graph.inputs().get(i));
      }
    }
    walk(graph);
    for (int i = 0; i < node.outputs().size(); i++) {
      if (timed.contains(graph.outputs().get(i))) {
        timed.add(node.outputs().get(i));
      }
    }
  }
}
