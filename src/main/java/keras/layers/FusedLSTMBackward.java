package keras.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The part of the way back through a {@link FusedLSTM} that has to be done timestep by timestep,
 * the last one first: from the gradients of h and c to those of the gates. Everything is
 * time-major.
 *
 * <p>A step's gradients are linear in those of the step after it. What they are multiplied with
 * does not depend on them and is made for all timesteps at once.
 */
final class FusedLSTMBackward {

  /**
   * What the forward op leaves for each timestep, each (timesteps, batch, units).
   *
   * @param inputGate i
   * @param carries c
   * @param forgetGate f
   * @param outputGate o
   * @param candidates tanh of what the input gate lets in
   * @param carriesOut tanh of c
   */
  record Saved(
      Operand<TFloat32> inputGate,
      Operand<TFloat32> carries,
      Operand<TFloat32> forgetGate,
      Operand<TFloat32> outputGate,
      Operand<TFloat32> candidates,
      Operand<TFloat32> carriesOut) {}

  /**
   * The gradients.
   *
   * @param gates those of the timesteps' gates, (timesteps * batch, 4 * units) in Keras's order
   * @param h the one of h at the start, (batch, units)
   * @param c the one of c at the start, (batch, units)
   */
  record Gradients(Operand<TFloat32> gates, Operand<TFloat32> h, Operand<TFloat32> c) {}

  private final Ops tf;
  private final List<Operand<TFloat32>> states;
  private final Operand<TFloat32> carries;
  private final KernelBack kernelBack;
  private final int units;

  /** For each timestep: of h to c, of c to the c before, and of c, c, c and h to the gates. */
  private final List<Operand<TFloat32>> factors;

  /**
   * What there is to go back over.
   *
   * @param saved what the forward op left
   * @param states h and c before the first timestep, each (batch, units)
   * @param recurrentKernel (units, 4 * units), gates in Keras's order i, f, c, o
   */
  FusedLSTMBackward(
      Ops tf, Saved saved, List<Operand<TFloat32>> states, Operand<TFloat32> recurrentKernel) {
    this.tf = tf;
    this.states = states;
    this.carries = saved.carries();
    this.units = (int) recurrentKernel.shape().get(0);
    this.kernelBack = new KernelBack(tf, recurrentKernel, carries.shape().get(1));
    this.factors =
        List.of(
            tf.math.tanhGrad(saved.carriesOut(), saved.outputGate()),
            saved.forgetGate(),
            tf.concat(
                List.of(
                    tf.math.sigmoidGrad(saved.inputGate(), saved.candidates()),
                    tf.math.sigmoidGrad(
                        saved.forgetGate(), Recurrence.before(tf, states.get(1), carries)),
                    tf.math.tanhGrad(saved.candidates(), saved.inputGate()),
                    tf.math.sigmoidGrad(saved.outputGate(), saved.carriesOut())),
                tf.constant(2)));
  }

  /**
   * Adds the ops.
   *
   * @param outputs the gradient of all outputs, (timesteps, batch, units), or null
   * @param h the gradient of the last h beside that, or null
   * @param c the gradient of the last c, or null
   */
  Gradients gradients(Operand<TFloat32> outputs, Operand<TFloat32> h, Operand<TFloat32> c) {
    List<Operand<TFloat32>> sequences = new ArrayList<>(factors);
    if (outputs != null) {
      sequences.add(outputs);
    }
    List<Operand<TFloat32>> last =
        List.of(
            h == null ? tf.zerosLike(states.get(0)) : h,
            c == null ? tf.zerosLike(states.get(1)) : c);
    Chunks.Result back =
        new Chunks(tf, true, List.of(kernelBack.operand()), List.of(4L * units), this::steps)
            .over(sequences, last);
    return new Gradients(back.made().get(0), back.states().get(0), back.states().get(1));
  }

  /** Some timesteps, given the {@link #factors}, the outputs' gradients and the kernel. */
  private Chunks.Result steps(
      Ops ops,
      List<List<Operand<TFloat32>>> steps,
      List<Operand<TFloat32>> kernel,
      List<Operand<TFloat32>> after) {
    List<Operand<TFloat32>> gates = new ArrayList<>();
    Operand<TFloat32> h = after.get(0);
    Operand<TFloat32> c = after.get(1);
    for (int t = steps.get(0).size() - 1; t >= 0; t--) {
      if (steps.size() > factors.size()) {
        h = ops.math.add(steps.get(3).get(t), h);
      }
      c = ops.math.add(ops.math.mul(h, steps.get(0).get(t)), c);
      Operand<TFloat32> gate =
          ops.math.mul(ops.concat(List.of(c, c, c, h), ops.constant(1)), steps.get(2).get(t));
      gates.add(gate);
      c = ops.math.mul(c, steps.get(1).get(t));
      h = kernelBack.multiply(ops, gate, kernel.get(0));
    }
    Collections.reverse(gates);
    return new Chunks.Result(List.of(Recurrence.rows(ops, gates)), List.of(h, c));
  }
}
