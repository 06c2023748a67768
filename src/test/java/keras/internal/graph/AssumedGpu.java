package keras.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Programs built for a GPU, on a machine that has none. Once there is an op in the graph that runs
 * on GPUs only, the engine can run nothing any more: take up all variables before.
 */
public final class AssumedGpu {

  private AssumedGpu() {}

  /** An engine that believes what it is told. */
  public static Engine engine(boolean gpu) {
    return new Engine(() -> gpu);
  }

  /** The ops of a type, in the order in which they were added. */
  public static List<GraphOperation> ops(Ops tf, String type) {
    List<GraphOperation> found = new ArrayList<>();
    graph(tf).operations().forEachRemaining(found::add);
    found.removeIf(op -> !op.type().equals(type));
    return found;
  }

  /** The graph itself, for what its ops do not tell. */
  public static Graph graph(Ops tf) {
    return (Graph) tf.scope().env();
  }

  /**
   * Fetches tensors from the graph with others given. No op is run, nor needs a kernel, that is not
   * between the two.
   */
  public static List<FloatNdArray> run(
      Ops tf, Map<Operand<TFloat32>, FloatNdArray> given, List<Operand<?>> wanted) {
    ConfigProto settings =
        ConfigProto.newBuilder()
            .setGraphOptions(GraphOptions.newBuilder().setPlacePrunedGraph(true))
            .build();
    List<Tensor> fed = new ArrayList<>();
    try (Session session = new Session(graph(tf), settings)) {
      Session.Runner runner = session.runner();
      given.forEach(
          (operand, values) -> {
            TFloat32 tensor = TFloat32.tensorOf(values.shape(), values::copyTo);
            fed.add(tensor);
            runner.feed(operand, tensor);
          });
      wanted.forEach(runner::fetch);
      List<FloatNdArray> found = new ArrayList<>();
      try (Result result = runner.run()) {
        for (int i = 0; i < wanted.size(); i++) {
          found.add(copy(result.get(i)));
        }
      }
      return found;
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private static FloatNdArray copy(Tensor tensor) {
    FloatNdArray copy = NdArrays.ofFloats(tensor.shape());
    if (tensor instanceof TInt32 ints) {
      ints.scalars().forEachIndexed((at, each) -> copy.setFloat(each.getInt(), at));
    } else {
      ((TFloat32) tensor).copyTo(copy);
    }
    return copy;
  }
}
