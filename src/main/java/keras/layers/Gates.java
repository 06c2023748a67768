package keras.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The element-wise part of one step of a recurrent cell: everything but its matrix products, which
 * the {@link Recurrence} takes care of.
 */
@FunctionalInterface
interface Gates {

  /**
   * What one step gives.
   *
   * @param output (batch, units)
   * @param states the states for the next step
   */
  record Step(Operand<TFloat32> output, List<Operand<TFloat32>> states) {}

  /**
   * Adds the ops of one step.
   *
   * @param tf where the ops go
   * @param z the step's input after its product with {@code kernel}, with the bias
   * @param products the first state's products with the parts of {@code recurrent_kernel}
   * @param states the states before the step
   */
  Step call(
      Ops tf,
      Operand<TFloat32> z,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states);

  /** Whether the last product multiplies what {@link #late} gives, not the first state. */
  default boolean isLastLate() {
    return false;
  }

  /**
   * Adds what the last product multiplies if it cannot begin before the other ones are there.
   *
   * @param tf where the ops go
   * @param z as in {@link #call}
   * @param products all products but the last
   * @param states as in {@link #call}
   */
  default Operand<TFloat32> late(
      Ops tf,
      Operand<TFloat32> z,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states) {
    throw new UnsupportedOperationException();
  }

  /**
   * These gates, made to leave out masked timesteps as Keras does: the states stay, and the output
   * is the one before it, which becomes a state for that purpose.
   *
   * @param zeroOutput whether the output of a masked timestep is zero instead
   * @param mask the step's mask, (batch, 1)
   */
  default Gates masked(boolean zeroOutput, Operand<TBool> mask) {
    return new MaskedGates(this, zeroOutput, mask);
  }
}
