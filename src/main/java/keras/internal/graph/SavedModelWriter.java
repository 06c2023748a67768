package keras.internal.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import keras.backend.Variable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Writes functions with the values of their variables as a TensorFlow SavedModel, in a graph and a
 * session of its own. Whatever loads SavedModels can call them: Python, TensorFlow Serving, {@link
 * SavedModelBundle}.
 *
 * <p>The variables are {@code VariableV2}, the only kind that TensorFlow-Java saves; Python and
 * TensorFlow Serving take them too. There is no op that initialises them: Python would run it after
 * it has restored the values.
 */
public final class SavedModelWriter implements AutoCloseable {

  /** The method that TensorFlow Serving looks for in a signature that is called by name. */
  private static final String METHOD = "tensorflow/serving/predict";

  /** Ops that only give the variables their values here, and are not written. */
  private static final String PREPARATION = "preparation/";

  private static final long SCHEMA_VERSION = 1;

  // First of all, so that Engine sets what TensorFlow-Java reads once.
  private final ConfigProto configuration = Engine.configuration();
  private final Graph graph = new Graph();
  private final Session session = new Session(graph, configuration);
  private final Ops tf = GraphScope.ops(graph);
  private final Ops preparation = tf.withSubScope("preparation");
  private final Map<String, Ops> scopes = new HashMap<>();
  private final Map<Variable, String> owners;
  private final Map<Variable, Operand<?>> variables = new HashMap<>();
  private final Map<String, Signature> signatures = new LinkedHashMap<>();

  /**
   * A SavedModel without functions so far.
   *
   * @param owners the names of the layers that have the variables, as {@code "lstm"} for one that
   *     is to be called {@code "lstm/kernel"}
   */
  public SavedModelWriter(Map<Variable, String> owners) {
    this.owners = Map.copyOf(owners);
  }

  /** The variables as the functions see them: values that nothing changes. */
  private final class Store implements VariableStore {
    @Override
    @SuppressWarnings("unchecked")
    public <T extends TType> Operand<T> read(Ops ops, Variable variable, Class<T> type) {
      return ops.identity(
          (Operand<T>) variables.computeIfAbsent(variable, SavedModelWriter.this::declare));
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
   * @param signature the name that it will have, under which its ops are grouped
   * @return the graph that its ops are added to
   */
  public ProgramBuilder function(String signature) {
    return new ProgramBuilder(new Store(), tf.withSubScope(signature));
  }

  /**
   * Ends the description of a function.
   *
   * @param signature its name; may be called with several names
   * @param inputs its inputs, by name
   * @param outputs its results, by name
   */
  public void sign(
      String signature,
      Map<String, Operand<TFloat32>> inputs,
      Map<String, Operand<TFloat32>> outputs) {
    Signature.Builder builder = Signature.builder(signature).methodName(METHOD);
    inputs.forEach(builder::input);
    outputs.forEach(builder::output);
    signatures.put(signature, builder.build());
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
    try (TFloat32 value = TFloat32.tensorOf(shape, DataBuffers.of(variable.floats()))) {
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
   * Writes the functions and the variables that they use.
   *
   * @param folder a new folder
   * @throws IOException if it cannot be written
   */
  public void write(Path folder) throws IOException {
    Locale format = Locale.getDefault(Locale.Category.FORMAT);
    // TensorFlow-Java names the ops that save variables in the default locale's digits.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    try {
      SavedModelBundle.exporter(folder.toString())
          .withSession(session)
          .withSignatures(signatures.values().toArray(Signature[]::new))
          .export();
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, format);
    }
    Path file = folder.resolve("saved_model.pb");
    SavedModel written = SavedModel.parseFrom(Files.readAllBytes(file));
    Files.write(file, finished(written).toByteArray());
  }

  /** Adds which TensorFlow wrote the file, and leaves out what nobody will run. */
  private static SavedModel finished(SavedModel written) {
    MetaGraphDef.Builder meta = written.getMetaGraphs(0).toBuilder();
    GraphDef.Builder graph = meta.getGraphDefBuilder();
    List<org.tensorflow.proto.NodeDef> kept = new ArrayList<>(graph.getNodeList());
    kept.removeIf(node -> node.getName().startsWith(PREPARATION));
    graph.clearNode().addAllNode(kept);
    meta.getMetaInfoDefBuilder().setTensorflowVersion(TensorFlow.version());
    return SavedModel.newBuilder()
        .setSavedModelSchemaVersion(SCHEMA_VERSION)
        .addMetaGraphs(meta)
        .build();
  }

  /** Frees the graph, the session and the copies of the variables. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
