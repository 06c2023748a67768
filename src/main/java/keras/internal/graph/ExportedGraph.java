package keras.internal.graph;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import keras.backend.Variable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Holds functions that are to be exported, with copies of their variables, in a graph and a session
 * of its own. What they compute changes no variable.
 *
 * <p>The variables are {@code VariableV2}, the only kind that TensorFlow-Java saves; Python and
 * TensorFlow Serving take them too. There is no op that initialises them: Python would run it after
 * it has restored the values.
 */
public final class ExportedGraph implements AutoCloseable {

  /** Ops that only give the variables their values here, and are not exported. */
  static final String PREPARATION = "preparation/";

  // First of all, so that Engine sets what TensorFlow-Java reads once.
  private final ConfigProto configuration = placingWhatIsRun(Engine.configuration());
  private final Graph graph = new Graph();
  private final Session session = new Session(graph, configuration);
  private final Ops tf = GraphScope.ops(graph);
  private final Ops preparation = tf.withSubScope("preparation");
  private final Map<String, Ops> scopes = new HashMap<>();
  private final Map<Variable, String> owners;
  private final Map<Variable, Operand<?>> variables = new HashMap<>();

  /**
   * A graph without functions so far.
   *
   * @param owners the names of the layers that have the variables, as {@code "lstm"} for one that
   *     is to be called {@code "lstm/kernel"}
   */
  public ExportedGraph(Map<Variable, String> owners) {
    this.owners = Map.copyOf(owners);
  }

  /** Has TensorFlow look for kernels of those ops alone that a run needs. */
  private static ConfigProto placingWhatIsRun(ConfigProto configuration) {
    ConfigProto.Builder builder = configuration.toBuilder();
    builder.getGraphOptionsBuilder().setPlacePrunedGraph(true);
    return builder.build();
  }

  /**
   * The value of a tensor.
   *
   * @param shape its shape
   * @param type the type of its elements
   * @param bytes the elements, little-endian
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  public record Constant(Shape shape, DataType type, byte[] bytes) {}

  /** The variables as the functions see them: values that nothing changes. */
  private final class Store implements VariableStore {
    @Override
    @SuppressWarnings("unchecked")
    public <T extends TType> Operand<T> read(Ops ops, Variable variable, Class<T> type) {
      return ops.identity(
          (Operand<T>) variables.computeIfAbsent(variable, ExportedGraph.this::declare));
    }

    @Override
    public Operand<? extends TType> handle(Variable variable) {
      throw new IllegalStateException("An exported model changes no variable: " + variable);
    }

    @Override
    public WeightCache derived(
        String what, List<Variable> of, UnaryOperator<List<Operand<TFloat32>>> computation) {
      throw new IllegalStateException("An exported model has the weights alone, no " + what);
    }

    @Override
    public Program program(Program.Description description) {
      throw new IllegalStateException("An exported model is run by those who load it.");
    }
  }

  /**
   * Starts the description of a function. It is never made for a GPU alone: whoever loads it may
   * have none.
   *
   * @param name the name under which its ops are grouped
   * @return the graph that its ops are added to
   */
  public ProgramBuilder function(String name) {
    return new ProgramBuilder(new Store(), tf.withSubScope(name));
  }

  /**
   * Starts the description of a function that will be converted to ONNX.
   *
   * @param name the name under which its ops are grouped
   * @return the graph that its ops are added to, some of which may not be there to be run
   */
  public ProgramBuilder functionForOnnx(String name) {
    return function(name).forOnnx(true);
  }

  private Operand<TFloat32> declare(Variable variable) {
    if (variable.type() != Variable.Type.FLOAT32) {
      throw new IllegalStateException("An exported model has no use for " + variable);
    }
    Shape shape = variable.shape();
    Operand<TFloat32> declared =
        scopes
            .computeIfAbsent(owners.get(variable), owner -> tf.withSubScope(nodeName(owner)))
            .withName(nodeName(variable.name()))
            .variable(shape, TFloat32.class);
    Placeholder<TFloat32> fed = preparation.placeholder(TFloat32.class, Placeholder.shape(shape));
    Assign<TFloat32> assigned = preparation.assign(declared, fed);
    try (Tensor value = Tensors.of(shape, variable.floats())) {
      session
          .runner()
          .setOptions(Program.IN_CALLER)
          .feed(fed, value)
          .addTarget(assigned)
          .run()
          .close();
    }
    return declared;
  }

  /** Returns a name that TensorFlow takes for a node. */
  private static String nodeName(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_.-]", "_");
    return plain.matches("[A-Za-z0-9.].*") ? plain : "." + plain;
  }

  /**
   * Returns the nodes.
   *
   * @return those of all functions, each behind what it takes, but for the ends of loops
   */
  public GraphDef definition() {
    return graph.toGraphDef();
  }

  /**
   * Returns what TensorFlow knows of a tensor's shape.
   *
   * @param node the name of the node that it comes out of
   * @param output its place among the outputs of this node
   * @return unknown sizes as -1
   */
  public Shape shape(String node, int output) {
    return graph.operation(node).output(output).shape();
  }

  /**
   * Returns the type of a tensor's elements.
   *
   * @param node the name of the node that it comes out of
   * @param output its place among the outputs of this node
   * @return the type
   */
  public DataType type(String node, int output) {
    return graph.operation(node).output(output).dataType();
  }

  /**
   * Computes tensors that depend on variables alone, or on nothing.
   *
   * @param tensors their names, as {@code node:0}
   * @return the values by these names
   */
  public Map<String, Constant> values(List<String> tensors) {
    Map<String, Constant> values = new LinkedHashMap<>();
    if (tensors.isEmpty()) {
      return values;
    }
    Session.Runner runner = session.runner().setOptions(Program.IN_CALLER);
    tensors.forEach(runner::fetch);
    try (Result result = runner.run()) {
      for (int i = 0; i < tensors.size(); i++) {
        Tensor value = result.get(i);
        ByteDataBuffer data = value.asRawTensor().data();
        byte[] bytes = new byte[Math.toIntExact(data.size())];
        data.read(bytes);
        values.put(tensors.get(i), new Constant(value.shape(), value.dataType(), bytes));
      }
    }
    return values;
  }

  /** The session in which the variables have their values. */
  Session session() {
    return session;
  }

  /** Frees the graph, the session and the copies of the variables. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
