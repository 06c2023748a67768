package keras.internal.graph;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import keras.backend.TensorFunction;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Tells whether a function treats each element of a tensor by itself. Then its gradient is a
 * product of two tensors, one of which does not depend on the gradient of the result.
 */
public final class Elementwise {

  /** Ops that do so with all of their inputs, scalars aside. */
  private static final Set<String> OPS =
      Set.of(
          "Abs",
          "Acos",
          "Acosh",
          "Add",
          "AddN",
          "AddV2",
          "Asin",
          "Asinh",
          "Atan",
          "Atan2",
          "Atanh",
          "Cast",
          "Ceil",
          "ClipByValue",
          "Cos",
          "Cosh",
          "Div",
          "DivNoNan",
          "Elu",
          "Equal",
          "Erf",
          "Erfc",
          "Exp",
          "Expm1",
          "Floor",
          "Greater",
          "GreaterEqual",
          "Identity",
          "Inv",
          "LeakyRelu",
          "Less",
          "LessEqual",
          "Lgamma",
          "Log",
          "Log1p",
          "LogicalAnd",
          "LogicalNot",
          "LogicalOr",
          "Maximum",
          "Minimum",
          "Mul",
          "MulNoNan",
          "Ndtri",
          "Neg",
          "NotEqual",
          "OnesLike",
          "Pow",
          "RealDiv",
          "Reciprocal",
          "Relu",
          "Relu6",
          "Rint",
          "Round",
          "Rsqrt",
          "Select",
          "SelectV2",
          "Selu",
          "Sigmoid",
          "Sign",
          "Sin",
          "Sinh",
          "Softplus",
          "Softsign",
          "Sqrt",
          "Square",
          "SquaredDifference",
          "StopGradient",
          "Sub",
          "Tan",
          "Tanh",
          "Xdivy",
          "Xlogy",
          "ZerosLike");

  private static final Map<TensorFunction, Boolean> KNOWN =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** The width of the tensor that a function is tried with; even, for those that halve it. */
  private static final long WIDTH = 4;

  private Elementwise() {}

  /**
   * Whether all of some functions are element-wise.
   *
   * @param functions functions of a tensor
   * @return false if one of them is not, or has an op that may not be
   */
  public static boolean are(TensorFunction... functions) {
    for (TensorFunction function : functions) {
      if (!KNOWN.computeIfAbsent(function, Elementwise::is)) {
        return false;
      }
    }
    return true;
  }

  /** Adds the function's ops to a graph of their own, and looks at each. */
  private static boolean is(TensorFunction function) {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Shape shape = Shape.of(Shape.UNKNOWN_SIZE, WIDTH);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      return behind(function.call(tf, x)).stream()
          .allMatch(
              output ->
                  OPS.contains(output.op().type())
                      || output.op().equals(x.op())
                      || (output.shape().numDimensions() == 0
                          && behind(output).stream().noneMatch(o -> o.op().equals(x.op()))));
    } catch (RuntimeException e) {
      return false; // It wants another shape; what is wrong with it shows where it is used.
    }
  }

  /** Returns all outputs that one is computed from, itself included. */
  private static Set<Output<?>> behind(Operand<?> result) {
    Set<Output<?>> seen = new HashSet<>();
    Deque<Output<?>> open = new ArrayDeque<>();
    open.add(result.asOutput());
    while (!open.isEmpty()) {
      Output<?> next = open.pop();
      if (seen.add(next)) {
        ((GraphOperation) next.op()).inputs().forEach(input -> open.add(input.asOutput()));
      }
    }
    return seen;
  }
}
