package keras.internal.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A loop in the graph, for a number of rounds that is large or not known beforehand, with its
 * variables. Each variable is asked for by the key that adding it gave.
 *
 * <pre>{@code
 * LoopVariables loop = new LoopVariables();
 * TensorKey<TFloat32> power = loop.add(one);
 * TensorKey<TFloat32> base = loop.add(x);
 * LoopVariables.Round end = loop.run(tf, rounds, (ops, i, round) ->
 *     round.set(power, ops.math.mul(round.get(power), round.get(base))));
 * end.get(power);
 * }</pre>
 */
public final class LoopVariables {

  /**
   * Stands for a variable that is a tensor.
   *
   * @param <T> the element type
   * @param index its place
   */
  @SuppressWarnings("UnusedTypeParameter") // it makes get and set give and take the right type
  public record TensorKey<T extends TType>(int index) {}

  /** One round of the loop. */
  @FunctionalInterface
  public interface LoopBody {
    /**
     * Adds the ops of a round. They may use nothing from outside but the round's variables.
     *
     * @param tf where the ops go
     * @param round the number of rounds before this one, a scalar
     * @param variables gives and takes the variables
     */
    void add(Ops tf, Operand<TInt32> round, Round variables);
  }

  /** The variables within a round, or after the last one. */
  public static final class Round {
    private final List<Operand<? extends TType>> values;

    private Round(List<Operand<? extends TType>> values) {
      this.values = new ArrayList<>(values);
    }

    /**
     * Returns a variable.
     *
     * @param <T> the element type
     * @param key from {@link LoopVariables#add(Operand)}
     * @return its value by now
     */
    @SuppressWarnings("unchecked")
    public <T extends TType> Operand<T> get(TensorKey<T> key) {
      return (Operand<T>) values.get(key.index());
    }

    /**
     * Several variables.
     *
     * @param keys from {@link LoopVariables#addAll}
     * @return their values by now
     */
    public List<Operand<TFloat32>> getAll(List<TensorKey<TFloat32>> keys) {
      List<Operand<TFloat32>> all = new ArrayList<>();
      keys.forEach(key -> all.add(get(key)));
      return all;
    }

    /**
     * Changes a variable.
     *
     * @param <T> the element type
     * @param key which
     * @param value its value from now on
     */
    public <T extends TType> void set(TensorKey<T> key, Operand<T> value) {
      values.set(key.index(), value);
    }
  }

  private final List<Operand<? extends TType>> start = new ArrayList<>();

  /** Starts with no variables. */
  public LoopVariables() {}

  /**
   * Adds a variable, or something from outside that stays as it is.
   *
   * @param <T> the element type
   * @param value its value before the loop
   * @return the tensor that stands for it
   */
  public <T extends TType> TensorKey<T> add(Operand<T> value) {
    start.add(value);
    return new TensorKey<>(start.size() - 1);
  }

  /**
   * Adds several variables.
   *
   * @param values their values before the loop
   * @return the tensors that stand for them
   */
  public List<TensorKey<TFloat32>> addAll(List<Operand<TFloat32>> values) {
    return values.stream().map(this::add).toList();
  }

  /**
   * Adds the loop.
   *
   * @param tf where the loop goes
   * @param rounds how many rounds it makes, a scalar
   * @param body one round
   * @return the variables after the last round
   */
  public Round run(Ops tf, Operand<TInt32> rounds, LoopBody body) {
    return new Round(loop(tf, rounds, start, body));
  }

  @SuppressWarnings("unchecked")
  private static List<Operand<? extends TType>> loop(
      Ops tf, Operand<TInt32> rounds, List<Operand<? extends TType>> before, LoopBody body) {
    ExecutionEnvironment environment = tf.scope().env();
    if (!(environment instanceof Graph graph)) {
      throw new IllegalStateException("A loop needs a graph to be in.");
    }
    List<Output<?>> inputs = new ArrayList<>();
    inputs.add(tf.constant(0).asOutput());
    inputs.add(rounds.asOutput());
    before.forEach(variable -> inputs.add(variable.asOutput()));
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
              Round variables = new Round(start);
              body.add(ops, round, variables);
              List<Operand<? extends TType>> end = variables.values;
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
