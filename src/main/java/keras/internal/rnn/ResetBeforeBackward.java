package keras.internal.rnn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The backward pass of a {@link GRUFormula} with element-wise activations and the reset gate before
 * the product.
 *
 * @param toUpdate factor from the gradient of the output to that of the update gate
 * @param toCandidate factor from the gradient of the output to that of the candidate before its
 *     activation
 * @param leftToReset factor from the gradient of the candidate's left side to that of the reset
 *     gate
 * @param leftToEarlier factor from the gradient of the candidate's left side to that of the output
 *     before
 * @param toEarlier factor from the gradient of the output to that of the one before
 * @param left the candidate's left side
 */
record ResetBeforeBackward(
    Operand<TFloat32> toUpdate,
    Operand<TFloat32> toCandidate,
    Operand<TFloat32> leftToReset,
    Operand<TFloat32> leftToEarlier,
    Operand<TFloat32> toEarlier,
    Operand<TFloat32> left)
    implements FormulaBackward {

  static ResetBeforeBackward of(Ops tf, GRUFormula cell, Formula.Forward forward) {
    Operand<TFloat32> before = forward.before().get(0);
    List<Operand<TFloat32>> gates =
        GRUFormula.gates(tf, forward.inputs().get(0), forward.products().get(0));
    Call update = Call.of(tf, cell.recurrentActivation(), gates.get(0));
    Call reset = Call.of(tf, cell.recurrentActivation(), gates.get(1));
    Call candidate =
        Call.of(
            tf, cell.activation(), tf.math.add(forward.inputs().get(1), forward.products().get(1)));
    List<Operand<TFloat32>> found =
        FormulaBackward.gradients(
            tf,
            update.times(tf.math.sub(before, candidate.result())),
            candidate.times(tf.math.sub(tf.constant(1f), update.result())),
            reset.times(before));
    return new ResetBeforeBackward(
        found.get(0),
        found.get(1),
        found.get(2),
        reset.result(),
        update.result(),
        tf.math.mul(reset.result(), before));
  }

  @Override
  public List<Operand<TFloat32>> factors() {
    return List.of(toUpdate, toCandidate, leftToReset, leftToEarlier, toEarlier);
  }

  @Override
  public Step step(
      Ops ops, List<Operand<TFloat32>> factors, List<Operand<TFloat32>> after, Lefts products) {
    Operand<TFloat32> h = after.get(0);
    Operand<TFloat32> candidate = ops.math.mul(h, factors.get(1));
    Operand<TFloat32> left = products.of(1, candidate);
    Operand<TFloat32> gates =
        ops.concat(
            List.of(ops.math.mul(h, factors.get(0)), ops.math.mul(left, factors.get(2))),
            ops.constant(1));
    Operand<TFloat32> before =
        ops.math.add(
            ops.math.add(ops.math.mul(h, factors.get(4)), ops.math.mul(left, factors.get(3))),
            products.of(0, gates));
    return new Step(List.of(gates, candidate), List.of(before));
  }

  @Override
  public Gradients gradients(Ops tf, List<Operand<TFloat32>> kept) {
    return new Gradients(tf.concat(kept, tf.constant(1)), kept, left);
  }
}
