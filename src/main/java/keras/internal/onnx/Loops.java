package keras.internal.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/**
 * Finds the loops in a graph of TensorFlow's, which has none as such: each variable of a loop is a
 * circle of {@code Enter}, {@code Merge}, {@code Switch}, what a round makes of it, and {@code
 * NextIteration}; {@code Exit} is its value in the end.
 */
final class Loops {

  /**
   * A variable of a loop.
   *
   * @param start the tensor that it begins as
   * @param inside the tensor that it is at the beginning of a round
   * @param next the tensor that it is after a round
   * @param exit the node that has its value in the end; null if nobody asked for it
   */
  record Variable(String start, String inside, String next, String exit) {}

  /** A loop that goes round as often as a variable says; the first two count. */
  record Loop(String name, List<Variable> variables) {}

  private final Map<String, NodeDef> nodes;

  /** The loop that a node is in, by the node's name. */
  private final Map<String, Loop> within = new HashMap<>();

  /** The loop that a node is the end of. */
  private final Map<String, Loop> ends = new HashMap<>();

  Loops(Iterable<NodeDef> order, Map<String, NodeDef> nodes) {
    this.nodes = nodes;
    Map<String, String> switches = new HashMap<>(); // by their Merge
    Map<String, String> exits = new HashMap<>(); // by their Switch
    Map<String, Loop> loops = new HashMap<>();
    for (NodeDef node : order) {
      if (node.getOp().equals("Switch")) {
        switches.put(Tensors.node(Tensors.inputs(node).get(0)), node.getName());
      } else if (node.getOp().equals("Exit")) {
        exits.put(Tensors.node(Tensors.inputs(node).get(0)), node.getName());
      }
    }
    for (NodeDef node : order) {
      if (node.getOp().equals("Merge")) {
        List<String> ways = Tensors.inputs(node);
        NodeDef enter = nodes.get(Tensors.node(ways.get(0)));
        NodeDef next = nodes.get(Tensors.node(ways.get(1)));
        String name = enter.getAttrOrThrow("frame_name").getS().toStringUtf8();
        String inside = switches.get(node.getName());
        Loop loop = loops.computeIfAbsent(name, same -> new Loop(same, new ArrayList<>()));
        loop.variables()
            .add(
                new Variable(
                    Tensors.inputs(enter).get(0),
                    inside + ":1",
                    Tensors.inputs(next).get(0),
                    exits.get(inside)));
        within.put(node.getName(), loop);
        if (exits.get(inside) != null) {
          ends.put(exits.get(inside), loop);
        }
      }
    }
    order.forEach(this::place);
    loops.values().forEach(this::checkCounts);
  }

  /** Puts a node into the loop that something is in which it takes. */
  private void place(NodeDef node) {
    if (node.getOp().equals("Exit") || within.containsKey(node.getName())) {
      return;
    }
    for (String input : node.getInputList()) {
      String from = input.startsWith("^") ? input.substring(1) : input.replaceFirst(":.*", "");
      Loop loop = within.get(from);
      if (loop != null) {
        within.put(node.getName(), loop);
      }
    }
  }

  /** Refuses a loop of another kind than those that count. */
  private void checkCounts(Loop loop) {
    Variable round = loop.variables().get(0);
    NodeDef step = nodes.get(Tensors.node(round.next()));
    if (!step.getOp().startsWith("Add") || !isSame(loop.variables().get(1))) {
      throw Conversion.refused("a loop", "that does not count its rounds");
    }
  }

  /** Returns the loop that a node is in, or null. */
  Loop around(String node) {
    return within.get(node);
  }

  /** Returns the loop that a node is the end of, or null. */
  Loop endedBy(String node) {
    return ends.get(node);
  }

  /** Tells whether a variable is the same in all rounds. */
  boolean isSame(Variable variable) {
    String tensor = variable.next();
    Set<String> seen = new HashSet<>();
    while (nodes.get(Tensors.node(tensor)).getOp().equals("Identity") && seen.add(tensor)) {
      tensor = Tensors.inputs(nodes.get(Tensors.node(tensor))).get(0);
    }
    return tensor.equals(variable.inside());
  }
}
