package keras.internal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.DeviceSpec;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;

/**
 * Gives the ops of a graph their names. TensorFlow-Java's own scope numbers them in the digits of
 * the default locale, which TensorFlow refuses unless they are ASCII, and takes longer.
 */
public final class GraphScope implements Scope {

  /** A graph whose ops get their names here. */
  private record Named(ExecutionEnvironment graph) implements ExecutionEnvironment {

    @Override
    public Scope baseScope() {
      return new GraphScope(graph, new Names(new HashMap<>()), "", null, List.of());
    }

    @Override
    public OperationBuilder opBuilder(String type, String name, Scope scope) {
      return graph.opBuilder(type, name, scope);
    }

    @Override
    public void attachFunction(ConcreteFunction function) {
      graph.attachFunction(function);
    }

    @Override
    public boolean isOpEnabled(String type) {
      return graph.isOpEnabled(type);
    }

    @Override
    public void checkInput(Op input) {
      graph.checkInput(input);
    }

    @Override
    public void checkInput(Operation input) {
      graph.checkInput(input);
    }

    @Override
    public Types environmentType() {
      return graph.environmentType();
    }

    @Override
    public boolean isInitializer(Operation operation) {
      return graph.isInitializer(operation);
    }
  }

  /** How often each name was asked for. */
  private record Names(Map<String, Integer> used) {

    String unique(String name) {
      int before = used.merge(name, 1, Integer::sum) - 1;
      if (before == 0) {
        return name;
      }
      String numbered = name + "_" + before;
      return used.containsKey(numbered) ? unique(name) : unique(numbered);
    }
  }

  private final ExecutionEnvironment graph;
  private final Names names;
  private final String prefix;
  private final String name;
  private final List<Operation> controls;

  private GraphScope(
      ExecutionEnvironment graph,
      Names names,
      String prefix,
      String name,
      List<Operation> controls) {
    this.graph = graph;
    this.names = names;
    this.prefix = prefix;
    this.name = name;
    this.controls = controls;
  }

  /**
   * Tells where ops are added to a graph.
   *
   * @param graph a graph without ops so far
   */
  public static Ops ops(ExecutionEnvironment graph) {
    return Ops.create(new Named(graph));
  }

  @Override
  public ExecutionEnvironment env() {
    return graph;
  }

  @Override
  public Scope withSubScope(String childScope) {
    return new GraphScope(graph, names, names.unique(prefix + childScope) + "/", null, controls);
  }

  @Override
  public Scope withName(String opName) {
    if (!Scope.isValidOpName(opName)) {
      throw new IllegalArgumentException("\"" + opName + "\" cannot be the name of an op");
    }
    return new GraphScope(graph, names, prefix, opName, controls);
  }

  @Override
  public Scope withNameAsSubScope(String defaultName) {
    return withSubScope(name == null ? defaultName : name);
  }

  @Override
  public Scope withControlDependencyOps(Iterable<Operation> others) {
    List<Operation> all = new ArrayList<>(controls);
    others.forEach(all::add);
    return new GraphScope(graph, names, prefix, name, all);
  }

  @Override
  public Scope withDevice(DeviceSpec device) {
    throw new UnsupportedOperationException("TensorFlow chooses the devices");
  }

  @Override
  public Scope withInitScope() {
    throw new UnsupportedOperationException("values are written from Java");
  }

  @Override
  public String makeOpName(String defaultName) {
    return names.unique(prefix + (name == null ? defaultName : name));
  }

  @Override
  public String makeUnique(String id) {
    return names.unique(prefix + id);
  }

  @Override
  public void refreshNames() {
    // All names of the graph are given here.
  }

  @Override
  public OperationBuilder apply(OperationBuilder builder) {
    controls.forEach(builder::addControlInput);
    return builder;
  }

  @Override
  public String getDeviceString() {
    return "";
  }

  @Override
  public boolean isInit() {
    return false;
  }
}
