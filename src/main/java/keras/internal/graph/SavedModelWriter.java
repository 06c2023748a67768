package keras.internal.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;

/**
 * Writes an {@link ExportedGraph} as a TensorFlow SavedModel. Whatever loads SavedModels can call
 * its functions: Python, TensorFlow Serving, {@link SavedModelBundle}.
 */
public final class SavedModelWriter {

  /** The method that TensorFlow Serving looks for in a signature that is called by name. */
  private static final String METHOD = "tensorflow/serving/predict";

  private static final long SCHEMA_VERSION = 1;

  private final ExportedGraph graph;
  private final Map<String, Signature> signatures = new LinkedHashMap<>();

  /**
   * A SavedModel without functions so far.
   *
   * @param graph has the functions
   */
  public SavedModelWriter(ExportedGraph graph) {
    this.graph = graph;
  }

  /**
   * Ends the description of a function.
   *
   * @param signature its name; may be called with several names
   * @param inputs its inputs, by name
   * @param outputs its results, by name
   */
  public void sign(
      String signature, Map<String, Operand<?>> inputs, Map<String, Operand<TFloat32>> outputs) {
    Signature.Builder builder = Signature.builder(signature).methodName(METHOD);
    inputs.forEach(builder::input);
    outputs.forEach(builder::output);
    signatures.put(signature, builder.build());
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
          .withSession(graph.session())
          .withSignatures(signatures.values().toArray(Signature[]::new))
          .export();
    } catch (TensorFlowException e) {
      // Its first line says what the system said; the others are about the graph.
      throw new IOException(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
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
    List<NodeDef> kept = new ArrayList<>(graph.getNodeList());
    kept.removeIf(node -> node.getName().startsWith(ExportedGraph.PREPARATION));
    graph.clearNode().addAllNode(kept);
    meta.getMetaInfoDefBuilder().setTensorflowVersion(TensorFlow.version());
    return SavedModel.newBuilder()
        .setSavedModelSchemaVersion(SCHEMA_VERSION)
        .addMetaGraphs(meta)
        .build();
  }
}
