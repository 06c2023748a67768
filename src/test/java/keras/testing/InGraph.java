package keras.testing;

import java.util.List;
import java.util.function.BiFunction;
import keras.internal.graph.Engine;
import keras.internal.graph.Program;
import keras.internal.graph.ProgramBuilder;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.types.TFloat32;

/** Runs ops in a graph of their own, as a model would: values, and what flows back. */
public final class InGraph {
  private InGraph() {}

  /** Runs ops whose inputs are fed with arrays; the first dimension is unknown to the graph. */
  public static List<FloatNdArray> run(
      List<FloatNdArray> arrays,
      BiFunction<Ops, List<Operand<TFloat32>>, List<Operand<TFloat32>>> ops) {
    try (Engine engine = new Engine()) {
      ProgramBuilder program = engine.program();
      List<Operand<TFloat32>> inputs =
          arrays.stream().map(array -> program.input(unknownBatch(array.shape()))).toList();
      ops.apply(program.tf(), inputs).forEach(program::output);
      return program.build(Program.Threads.CALLER).run(arrays.toArray(FloatNdArray[]::new));
    }
  }

  /** The gradient that flows back to {@code x} when {@code dy} flows into {@code y}. */
  public static Operand<TFloat32> gradient(
      Ops tf, Operand<TFloat32> y, Operand<TFloat32> x, Operand<TFloat32> dy) {
    return Gradients.create(tf.scope(), List.of(y), List.of(x), Gradients.dx(List.of(dy))).dy(0);
  }

  private static Shape unknownBatch(Shape shape) {
    if (shape.numDimensions() == 0) {
      return shape;
    }
    long[] dimensions = shape.asArray();
    dimensions[0] = Shape.UNKNOWN_SIZE;
    return Shape.of(dimensions);
  }
}
