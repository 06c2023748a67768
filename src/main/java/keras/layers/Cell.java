package keras.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a recurrent layer repeats: the formula of one step, and the shape of its weights. */
interface Cell extends Gates {

  /** How many gates the kernels have side by side. */
  int gateCount();

  /** How many states there are, each of them (batch, units). */
  int stateCount();

  /**
   * How many of them each product of the state has, if not each of them has a product of its own.
   */
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

  /** Splits (..., gates * units) into its gates. */
  default List<Operand<TFloat32>> split(Ops tf, Operand<TFloat32> gates, int axis) {
    return List.copyOf(tf.split(tf.constant(axis), gates, (long) gateCount()).output());
  }
}
