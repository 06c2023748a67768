package keras.backend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Finds what some tensors depend on. TensorFlow refuses to differentiate with respect to a tensor
 * that the outputs do not depend on; such ones have to be left out beforehand.
 */
final class Reach {

  private Reach() {}

  /**
   * Those of the sources that at least one of the outputs depends on, be it through another source.
   */
  static List<Operand<TFloat32>> reached(
      List<Operand<TFloat32>> outputs, List<Operand<TFloat32>> sources) {
    Set<GraphOperation> sought = new HashSet<>();
    sources.forEach(source -> sought.add(operation(source)));
    Set<GraphOperation> seen = new HashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>();
    outputs.forEach(output -> open.add(operation(output)));
    while (!open.isEmpty() && !sought.isEmpty()) {
      GraphOperation next = open.pop();
      if (seen.add(next)) {
        sought.remove(next);
        next.inputs().forEach(input -> open.add(operation(input)));
      }
    }
    return sources.stream().filter(source -> seen.contains(operation(source))).toList();
  }

  private static GraphOperation operation(Operand<?> operand) {
    return (GraphOperation) operand.op();
  }
}
