package keras.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
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

  /**
   * These gates, made to leave out masked timesteps as Keras does: the states stay, and the output
   * is the one before it, which becomes a state for that purpose.
   *
   * @param zeroOutput whether the output of a masked timestep is zero instead
   * @param mask the step's mask, (batch, 1)
   */
  default Gates masked(boolean zeroOutput, Operand<org.tensorflow.types.TBool> mask) {
    return (tf, z, products, states) -> {
      int own = states.size() - 1;
      Operand<TFloat32> previous = states.get(own);
      Step step = call(tf, z, products, states.subList(0, own));
      List<Operand<TFloat32>> kept = new java.util.ArrayList<>();
      for (int i = 0; i < own; i++) {
        kept.add(tf.select(mask, step.states().get(i), states.get(i)));
      }
      Operand<TFloat32> output =
          tf.select(mask, step.output(), zeroOutput ? tf.zerosLike(previous) : previous);
      kept.add(output);
      return new Step(output, kept);
    };
  }
}
