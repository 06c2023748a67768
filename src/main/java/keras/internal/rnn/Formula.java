package keras.internal.rnn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The formula of one step of a recurrent layer, and the layout of its weights. Matrix products are
 * done by the {@link SteppedRecurrence}; everything else treats each row by itself.
 */
public interface Formula {

  /** The number of gates that the kernels have side by side. */
  int gateCount();

  /** Returns the number of states, each of them (batch, units). The first one is the output. */
  int stateCount();

  /** How many gates each part of the inputs has that {@link #call} is given. */
  default List<Integer> inputGates() {
    return List.of(gateCount());
  }

  /** Tells how many gates each product of the state has that {@link #call} is given. */
  default List<Integer> productGates() {
    return List.of(gateCount());
  }

  /**
   * Whether the products of the state have a bias of their own. The layer's bias is then (2, gates
   * * units), its first row for the inputs' products.
   */
  default boolean hasRecurrentBias() {
    return false;
  }

  /**
   * Adds the ops of one step.
   *
   * @param tf where the ops go
   * @param inputs the input's products with {@code kernel}, with the bias, parted as {@link
   *     #inputGates} says
   * @param products the state's products with {@code recurrent_kernel}, parted as {@link
   *     #productGates} says
   * @param states the states before the step
   * @return the states after it
   */
  List<Operand<TFloat32>> call(
      Ops tf,
      List<Operand<TFloat32>> inputs,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states);

  /** Tells whether the last product multiplies the result of {@link #late}, not the first state. */
  default boolean isLastLate() {
    return false;
  }

  /**
   * Adds the left side of the last product, for a cell that computes it from the other ones.
   *
   * @param tf where the ops go
   * @param inputs as in {@link #call}
   * @param products all products but the last
   * @param states as in {@link #call}
   */
  default Operand<TFloat32> late(
      Ops tf,
      List<Operand<TFloat32>> inputs,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states) {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds what all timesteps of the backward pass have in common.
   *
   * @param tf where the ops go
   * @param forward the states and results of the steps
   */
  FormulaBackward backward(Ops tf, Forward forward);

  /**
   * All timesteps of the forward pass, as rows: (timesteps * batch, width) each.
   *
   * @param inputs as in {@link #call}
   * @param products as in {@link #call}
   * @param before the states before each step
   * @param after the states after each step
   */
  record Forward(
      List<Operand<TFloat32>> inputs,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> before,
      List<Operand<TFloat32>> after) {}

  /** Splits (rows, gates * units) into its gates. */
  static List<Operand<TFloat32>> split(Ops tf, Operand<TFloat32> gates, int count) {
    return List.copyOf(tf.split(tf.constant(1), gates, (long) count).output());
  }

  /**
   * Splits (..., gates * units) into parts with so many gates each.
   *
   * @param axis the last one
   */
  static List<Operand<TFloat32>> parts(
      Ops tf, Operand<TFloat32> whole, int axis, List<Integer> gates) {
    if (gates.size() == 1) {
      return List.of(whole);
    }
    int units = (int) whole.shape().get(axis) / gates.stream().mapToInt(Integer::intValue).sum();
    int[] sizes = gates.stream().mapToInt(count -> count * units).toArray();
    return List.copyOf(
        tf.splitV(whole, tf.constant(sizes), tf.constant(axis), (long) sizes.length).output());
  }
}
