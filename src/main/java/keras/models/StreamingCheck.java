package keras.models;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keras.layers.Input;
import keras.layers.KerasTensor;
import keras.layers.Layer;
import keras.layers.LayerAccess;
import keras.layers.Node;
import keras.layers.RNN;
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

  /**
   * The inputs of the model that a layer's states start from, with the outputs that they become.
   */
  private final Map<KerasTensor, KerasTensor> handed = new LinkedHashMap<>();

  private final LayerGraph whole;
  private int recurrent;
  private Hindrance hindrance;

  private StreamingCheck(Model model) {
    whole = model.graph();
    whole.inputs().stream().filter(StreamingCheck::isSequence).forEach(timed::add);
  }

  /** Finds the reason against a model's streaming, if there is one. */
  static Optional<Hindrance> hindrance(Model model) {
    StreamingCheck streaming = new StreamingCheck(model);
    if (streaming.timed.isEmpty()) {
      return Optional.of(new Hindrance(model, "its input has no axis of timesteps"));
    }
    streaming.walk(streaming.whole);
    if (streaming.hindrance == null && streaming.recurrent == 0) {
      return Optional.of(new Hindrance(model, "it has no recurrent layer, hence no states"));
    }
    return Optional.ofNullable(streaming.hindrance);
  }

  /** Tells which outputs of a model that can be streamed have an axis of timesteps. */
  static List<Boolean> timedOutputs(Model model) {
    StreamingCheck streaming = new StreamingCheck(model);
    streaming.walk(streaming.whole);
    return streaming.whole.outputs().stream().map(streaming.timed::contains).toList();
  }

  /**
   * Returns the states that a model is handed and hands back, as the decoder of a sequence: inputs,
   * with the outputs that they have become after the timestep.
   */
  static Map<KerasTensor, KerasTensor> handedStates(Model model) {
    StreamingCheck streaming = new StreamingCheck(model);
    streaming.walk(streaming.whole);
    return streaming.handed;
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
    } else if (node.layer() instanceof Recurrent<?> || node.layer() instanceof RNN) {
      recurrent++;
      if (!sequence) {
        hindrance =
            new Hindrance(node.layer(), "it goes over something else than the model's timesteps");
      } else if (!handsStates(node)) {
        hindrance =
            new Hindrance(
                node.layer(), "its initial states are no inputs of the model that it hands back");
      }
    }
    if (hindrance == null && sequence && !(node.layer() instanceof Model)) {
      LayerAccess.hindranceToStreaming(node.layer(), node.inputs().get(0).shape())
          .ifPresent(why -> hindrance = new Hindrance(node.layer(), why));
      node.outputs().stream().filter(StreamingCheck::isSequence).forEach(timed::add);
    }
  }

  /**
   * Tells whether the states of a call, if it was given any, are the model's inputs and outputs.
   */
  private boolean handsStates(Node node) {
    for (int i = 1; i < node.inputs().size(); i++) {
      KerasTensor before = node.inputs().get(i);
      boolean handsBack = node.outputs().size() == node.inputs().size();
      if (!handsBack
          || !whole.inputs().contains(before)
          || !whole.outputs().contains(node.outputs().get(i))
          || handed.put(before, node.outputs().get(i)) != null) {
        return false;
      }
    }
    return true;
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
