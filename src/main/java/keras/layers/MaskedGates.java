package keras.layers;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Gates that leave out masked timesteps. The output of the step before is a state of theirs, the
 * last one.
 *
 * @param gates what is done in the other timesteps
 * @param zeroOutput whether the output of a masked timestep is zero instead of the one before
 * @param mask the step's mask, (batch, 1)
 */
record MaskedGates(Gates gates, boolean zeroOutput, Operand<TBool> mask) implements Gates {

  @Override
  public Step call(
      Ops tf,
      Operand<TFloat32> z,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states) {
    List<Operand<TFloat32>> own = own(states);
    Operand<TFloat32> previous = states.get(own.size());
    Step step = gates.call(tf, z, products, own);
    List<Operand<TFloat32>> kept = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      kept.add(tf.select(mask, step.states().get(i), own.get(i)));
    }
    Operand<TFloat32> output =
        tf.select(mask, step.output(), zeroOutput ? tf.zerosLike(previous) : previous);
    kept.add(output);
    return new Step(output, kept);
  }

  @Override
  public boolean isLastLate() {
    return gates.isLastLate();
  }

  @Override
  public Operand<TFloat32> late(
      Ops tf,
      Operand<TFloat32> z,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states) {
    return gates.late(tf, z, products, own(states));
  }

  private static List<Operand<TFloat32>> own(List<Operand<TFloat32>> states) {
    return states.subList(0, states.size() - 1);
  }
}
