package keras.internal.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import keras.internal.graph.ExportedGraph;
import keras.internal.graph.ExportedGraph.Constant;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Goes through a graph of TensorFlow's in the order in which it was made and adds to a graph of
 * ONNX what each node is there. What depends on weights alone is computed beforehand.
 */
final class Conversion {

  /** Nodes whose value is not the same in each run, or that cannot be asked for it. */
  private static final Set<String> NEVER_KNOWN =
      Set.of("Placeholder", "Empty", "Enter", "Merge", "Switch", "Exit", "NextIteration");

  private final ExportedGraph source;
  private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
  private final Loops loops;
  private final OnnxGraph graph;

  /** Nodes that depend on weights alone, or on nothing. */
  private final Set<String> known = new HashSet<>();

  /** Values that are known before a run, by the tensors that have them. */
  private final Map<String, Constant> constants = new HashMap<>();

  /** The values that tensors have become, in the graph and in the body of a loop. */
  private final Deque<Map<String, String>> values = new ArrayDeque<>();

  /**
   * Prepares the conversion.
   *
   * @param inputs the names of tensors that values of the same name stand for
   */
  Conversion(ExportedGraph source, OnnxGraph graph, Map<String, String> inputs) {
    this.source = source;
    this.graph = graph;
    source.definition().getNodeList().forEach(node -> nodes.put(node.getName(), node));
    this.loops = new Loops(nodes.values(), nodes);
    values.push(new HashMap<>(inputs));
  }

  /** Converts everything that some tensors depend on. */
  void add(List<String> wanted) {
    Set<String> needed = needed(wanted, Set.of());
    findConstants(needed, wanted);
    addNodes(needed, null, graph);
  }

  /** Returns the nodes that tensors depend on, without those behind some that are known. */
  private Set<String> needed(Iterable<String> wanted, Set<String> known) {
    Set<String> needed = new HashSet<>();
    Deque<String> left = new ArrayDeque<>();
    wanted.forEach(left::push);
    while (!left.isEmpty()) {
      String tensor = left.pop();
      if (!known.contains(tensor) && needed.add(Tensors.node(tensor))) {
        Tensors.inputs(nodes.get(Tensors.node(tensor))).forEach(left::push);
      }
    }
    return needed;
  }

  /** Has TensorFlow compute what depends on nothing but weights, where something else takes it. */
  private void findConstants(Set<String> needed, List<String> outputs) {
    Set<String> asked = new LinkedHashSet<>();
    for (NodeDef node : nodes.values()) {
      if (!needed.contains(node.getName())) {
        continue;
      }
      List<String> inputs = Tensors.inputs(node);
      boolean waits = inputs.size() < node.getInputCount();
      if (waits && node.getOp().equals("Const")) {
        // Within a loop: it cannot be asked for, but says itself what it is.
        constants.put(
            node.getName() + ":0", Constants.of(node.getAttrOrThrow("value").getTensor()));
      } else if (!waits
          && !NEVER_KNOWN.contains(node.getOp())
          && inputs.stream().allMatch(input -> known.contains(Tensors.node(input)))) {
        known.add(node.getName());
      } else {
        asked.addAll(inputs);
      }
    }
    asked.addAll(outputs);
    asked.removeIf(tensor -> !known.contains(Tensors.node(tensor)));
    constants.putAll(source.values(List.copyOf(asked)));
  }

  private void addNodes(Set<String> needed, Loops.Loop within, OnnxGraph to) {
    for (NodeDef node : nodes.values()) {
      String name = node.getName();
      // What enters a loop is what its variables start as.
      boolean here =
          needed.contains(name)
              && Objects.equals(loops.around(name), within)
              && !node.getOp().equals("Enter");
      if (!here || known.contains(name) || isConverted(name + ":0")) {
        continue;
      }
      Loops.Loop loop = loops.endedBy(name);
      if (loop != null) {
        addLoop(loop, needed, to);
        continue;
      }
      List<String> made = Converters.convert(new Node(node, this, to));
      for (int i = 0; i < made.size(); i++) {
        values.element().put(name + ":" + i, made.get(i));
      }
    }
  }

  private boolean isConverted(String tensor) {
    return constants.containsKey(tensor)
        || values.stream().anyMatch(map -> map.containsKey(tensor));
  }

  /** Adds a loop, with all variables that change; what does not is used from outside. */
  private void addLoop(Loops.Loop loop, Set<String> needed, OnnxGraph to) {
    OnnxGraph body = to.inside(to.unique("body"));
    Map<String, String> inside = new HashMap<>();
    List<Loops.Variable> changing = new ArrayList<>();
    List<String> inputs = new ArrayList<>(List.of(rounds(loop, to), ""));
    body.input(body.unique("round"), DataType.DT_INT64, Shape.scalar());
    String goesOn = body.unique("goes_on");
    body.input(goesOn, DataType.DT_BOOL, Shape.scalar());
    for (Loops.Variable variable : loop.variables()) {
      if (!needed.contains(Tensors.node(variable.inside()))) {
        continue;
      }
      if (loops.isSame(variable)) {
        inside.put(variable.inside(), value(variable.start()));
        if (variable.exit() != null) {
          values.element().put(variable.exit() + ":0", value(variable.start()));
        }
        continue;
      }
      String name = body.unique("variable");
      body.input(name, type(variable.start()), null);
      inside.put(variable.inside(), name);
      changing.add(variable);
      inputs.add(value(variable.start()));
    }
    values.push(inside);
    List<String> next = changing.stream().map(Loops.Variable::next).toList();
    addNodes(needed(next, inside.keySet()), loop, body);
    body.output(body.add("Identity", goesOn), DataType.DT_BOOL, Shape.scalar());
    for (Loops.Variable variable : changing) {
      String end = body.add("Identity", value(variable.next()));
      body.output(end, type(variable.start()), null);
    }
    values.pop();
    List<String> ends =
        to.add(
            "Loop",
            Map.of("body", body.finished()),
            changing.size(),
            inputs.toArray(String[]::new));
    for (int i = 0; i < ends.size(); i++) {
      if (changing.get(i).exit() != null) {
        values.element().put(changing.get(i).exit() + ":0", ends.get(i));
      }
    }
  }

  /** Returns how often a loop goes round. */
  private String rounds(Loops.Loop loop, OnnxGraph to) {
    String first = value(loop.variables().get(0).start());
    String end = value(loop.variables().get(1).start());
    String count = to.add("Sub", end, first);
    return to.add("Cast", Map.of("to", OnnxGraph.type(DataType.DT_INT64)), count);
  }

  /** Returns the value that a tensor has become. */
  String value(String tensor) {
    for (Map<String, String> each : values) {
      if (each.containsKey(tensor)) {
        return each.get(tensor);
      }
    }
    Constant constant = constants.get(tensor);
    if (constant == null) {
      throw new IllegalStateException("There is no value for " + tensor);
    }
    return graph.constant(weight(tensor), constant);
  }

  /** Returns the name of the weight that a tensor is, or that of its node. */
  private String weight(String tensor) {
    NodeDef node = nodes.get(Tensors.node(tensor));
    while (node.getOp().equals("Identity")) {
      node = nodes.get(Tensors.node(Tensors.inputs(node).get(0)));
    }
    return node.getOp().equals("VariableV2") ? node.getName() : Tensors.node(tensor);
  }

  /** Returns what a tensor is in every run, or null. */
  Constant constant(String tensor) {
    return constants.get(tensor);
  }

  Shape shape(String tensor) {
    return source.shape(Tensors.node(tensor), Tensors.output(tensor));
  }

  DataType type(String tensor) {
    return source.type(Tensors.node(tensor), Tensors.output(tensor));
  }

  /** Returns the exception for what ONNX cannot say. */
  static RuntimeException refused(String what, String why) {
    return Errors.in("export to ONNX", what + " " + why + ".")
        .expected("a model of ops that ONNX has as well")
        .got(what)
        .fix("export a SavedModel, or leave out the layer that does this")
        .argument();
  }
}
