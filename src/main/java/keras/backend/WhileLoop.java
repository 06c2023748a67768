package keras.backend;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** A loop inside of the graph, for when the number of rounds is large or not known beforehand. */
public final class WhileLoop {

  /** What one round does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Adds the ops of a round. They may use nothing from outside of the round but its arguments.
     *
     * @param tf where the ops go
     * @param round the number of rounds before this one, a scalar
     * @param variables the loop's variables at the start of the round
     * @return the loop's variables at its end, each with the same type as at its start
     */
    List<Operand<? extends TType>> add(
        Ops tf, Operand<TInt32> round, List<Operand<? extends TType>> variables);
  }

  private WhileLoop() {}

  /**
   * Adds a loop.
   *
   * @param tf where the loop goes
   * @param rounds how many rounds it makes, a scalar
   * @param variables what goes from round to round, at the start
   * @param body one round
   * @return the variables at the end
   */
  @SuppressWarnings("unchecked")
  public static List<Operand<? extends TType>> run(
      Ops tf, Operand<TInt32> rounds, List<Operand<? extends TType>> variables, Body body) {
    ExecutionEnvironment environment = tf.scope().env();
    if (!(environment instanceof Graph graph)) {
      throw new IllegalStateException("A loop needs a graph to be in.");
    }
    List<Output<?>> inputs = new ArrayList<>();
    inputs.add(tf.constant(0).asOutput());
    inputs.add(rounds.asOutput());
    variables.forEach(variable -> inputs.add(variable.asOutput()));
    Output<?>[] outputs =
        graph.whileLoop(
            inputs.toArray(Output<?>[]::new),
            (inner, in, out) ->
                out[0] =
                    GraphScope.ops(inner)
                        .math
                        .less((Output<TInt32>) in[0], (Output<TInt32>) in[1])
                        .asOutput(),
            (inner, in, out) -> {
              Ops ops = GraphScope.ops(inner);
              List<Operand<? extends TType>> start = new ArrayList<>();
              for (int i = 2; i < in.length; i++) {
                start.add(typed(in[i]));
              }
              Output<TInt32> round = (Output<TInt32>) in[0];
              List<Operand<? extends TType>> end = body.add(ops, round, start);
              out[0] = ops.math.add(round, ops.constant(1)).asOutput();
              out[1] = ops.identity((Output<TInt32>) in[1]).asOutput();
              for (int i = 2; i < in.length; i++) {
                out[i] = ops.identity((Operand<TType>) end.get(i - 2)).asOutput();
              }
            },
            tf.scope().makeOpName("Loop"));
    List<Operand<? extends TType>> results = new ArrayList<>();
    for (int i = 2; i < outputs.length; i++) {
      results.add(typed(outputs[i]));
    }
    return results;
  }

  @SuppressWarnings("unchecked")
  private static Output<? extends TType> typed(Output<?> output) {
    return (Output<TType>) output;
  }
}
