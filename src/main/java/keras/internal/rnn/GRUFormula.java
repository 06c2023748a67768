package keras.internal.rnn;

import java.util.List;
import keras.activations.Activation;
import keras.internal.graph.Elementwise;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One step of a gated recurrent unit (Cho et al. 2014), gates in Keras's order z, r, h: update,
 * reset, candidate.
 *
 * @param activation of the candidate
 * @param recurrentActivation of the other gates
 * @param resetAfter whether the reset gate is applied after the candidate's product with the state,
 *     or before it
 */
public record GRUFormula(Activation activation, Activation recurrentActivation, boolean resetAfter)
    implements Formula {

  /** The update and the reset gate together, and the candidate. */
  static final List<Integer> GATES_AND_CANDIDATE = List.of(2, 1);

  @Override
  public int gateCount() {
    return 3;
  }

  @Override
  public int stateCount() {
    return 1;
  }

  @Override
  public List<Integer> inputGates() {
    return GATES_AND_CANDIDATE;
  }

  @Override
  public List<Integer> productGates() {
    return resetAfter ? List.of(3) : GATES_AND_CANDIDATE;
  }

  @Override
  public boolean hasRecurrentBias() {
    return resetAfter;
  }

  /** Returns the candidate's product: with the state that the reset gate has let through. */
  @Override
  public boolean isLastLate() {
    return !resetAfter;
  }

  @Override
  public Operand<TFloat32> late(
      Ops tf,
      List<Operand<TFloat32>> inputs,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states) {
    Operand<TFloat32> reset = gates(tf, inputs.get(0), products.get(0)).get(1);
    return tf.math.mul(recurrentActivation.call(tf, reset), states.get(0));
  }

  @Override
  public List<Operand<TFloat32>> call(
      Ops tf,
      List<Operand<TFloat32>> inputs,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states) {
    List<Operand<TFloat32>> parted = parted(tf, products);
    List<Operand<TFloat32>> gates = gates(tf, inputs.get(0), parted.get(0));
    Operand<TFloat32> update = recurrentActivation.call(tf, gates.get(0));
    Operand<TFloat32> recurrent =
        resetAfter
            ? tf.math.mul(recurrentActivation.call(tf, gates.get(1)), parted.get(1))
            : parted.get(1);
    Operand<TFloat32> candidate = activation.call(tf, tf.math.add(inputs.get(1), recurrent));
    Operand<TFloat32> kept = tf.math.mul(update, tf.math.sub(states.get(0), candidate));
    return List.of(tf.math.add(candidate, kept));
  }

  /** Returns the products of the update and the reset gate together, and that of the candidate. */
  List<Operand<TFloat32>> parted(Ops tf, List<Operand<TFloat32>> products) {
    return resetAfter ? Formula.parts(tf, products.get(0), 1, GATES_AND_CANDIDATE) : products;
  }

  /** The update and the reset gate before their activation. */
  static List<Operand<TFloat32>> gates(Ops tf, Operand<TFloat32> input, Operand<TFloat32> product) {
    return Formula.split(tf, tf.math.add(input, product), 2);
  }

  @Override
  public FormulaBackward backward(Ops tf, Forward forward) {
    if (!Elementwise.are(activation, recurrentActivation)) {
      return new StepwiseBackward(this, forward);
    }
    return resetAfter
        ? ResetAfterBackward.of(tf, this, forward)
        : ResetBeforeBackward.of(tf, this, forward);
  }
}
