package keras.internal.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.types.TFloat32;

/** The gradient of plain ops, as TensorFlow knows it. */
public final class Gradient {

  private Gradient() {}

  /**
   * Adds the ops of a gradient.
   *
   * @param tf where the ops go
   * @param outputs the tensors to differentiate
   * @param outputGradients one for each output; null where the loss does not depend on it
   * @param sources with respect to what
   * @return one for each source; null where no output depends on it
   */
  public static List<Operand<TFloat32>> of(
      Ops tf,
      List<Operand<TFloat32>> outputs,
      List<Operand<TFloat32>> outputGradients,
      List<Operand<TFloat32>> sources) {
    List<Operand<TFloat32>> ys = new ArrayList<>();
    List<Operand<TFloat32>> dys = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      if (outputGradients.get(i) != null) {
        // TensorFlow loses a part of the gradient of an output that another output depends on.
        ys.add(tf.identity(outputs.get(i)));
        dys.add(outputGradients.get(i));
      }
    }
    Map<Output<?>, Operand<TFloat32>> found = new HashMap<>();
    List<Operand<TFloat32>> reached = reached(ys, sources);
    if (!reached.isEmpty()) {
      Gradients gradients = Gradients.create(tf.scope(), ys, reached, Gradients.dx(dys));
      for (int i = 0; i < reached.size(); i++) {
        Operand<TFloat32> gradient = gradients.dy(i);
        if (exists(gradient)) {
          found.put(reached.get(i).asOutput(), gradient);
        }
      }
    }
    List<Operand<TFloat32>> result = new ArrayList<>();
    sources.forEach(source -> result.add(found.get(source.asOutput())));
    return result;
  }

  /**
   * Tells where only ops without a gradient lead to a source, such as zerosLike, there is no op
   * here.
   */
  private static boolean exists(Operand<TFloat32> gradient) {
    try {
      gradient.op().name();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /**
   * Returns the sources that an output depends on. TensorFlow refuses to differentiate with respect
   * to others.
   */
  private static List<Operand<TFloat32>> reached(
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
