package keras.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Finds the shapes of tensors that ops would give, without running them. */
public final class Inference {

  private Inference() {}

  /**
   * Returns the shapes of the results.
   *
   * @param inputs the shapes of the arguments; dimensions that are not known are -1
   * @param ops adds the ops and gives the tensors that are wanted
   * @return one for each result; dimensions that are not known are -1
   * @throws RuntimeException if TensorFlow refuses the arguments
   */
  public static List<Shape> shapes(
      List<Shape> inputs, BiFunction<Ops, List<Operand<TFloat32>>, List<Operand<TFloat32>>> ops) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat32>> given = new ArrayList<>();
      for (Shape shape : inputs) {
        given.add(tf.placeholder(TFloat32.class, Placeholder.shape(shape)));
      }
      return ops.apply(tf, given).stream().map(Operand::shape).toList();
    }
  }
}
