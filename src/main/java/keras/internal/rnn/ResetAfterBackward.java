package keras.internal.rnn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The backward pass of a {@link GRUFormula} with element-wise activations and the reset gate after
 * the product.
 *
 * @param toProducts factors from the gradient of the output to those of the state's products
 * @param toCandidate factor from the gradient of the output to that of the candidate before its
 *     activation
 * @param toEarlier factor from the gradient of the output to that of the one before
 */
record ResetAfterBackward(
    Operand<TFloat32> toProducts, Operand<TFloat32> toCandidate, Operand<TFloat32> toEarlier)
    implements FormulaBackward {

  static ResetAfterBackward of(Ops tf, GRUFormula cell, Formula.Forward forward) {
    List<Operand<TFloat32>> products = cell.parted(tf, forward.products());
    List<Operand<TFloat32>> gates = GRUFormula.gates(tf, forward.inputs().get(0), products.get(0));
    Call update = Call.of(tf, cell.recurrentActivation(), gates.get(0));
    Call reset = Call.of(tf, cell.recurrentActivation(), gates.get(1));
    Operand<TFloat32> recurrent = tf.math.mul(reset.result(), products.get(1));
    Call candidate =
        Call.of(tf, cell.activation(), tf.math.add(forward.inputs().get(1), recurrent));
    Operand<TFloat32> toCandidate =
        FormulaBackward.gradients(
                tf, candidate.times(tf.math.sub(tf.constant(1f), update.result())))
            .get(0);
    List<Operand<TFloat32>> toGates =
        FormulaBackward.gradients(
            tf,
            update.times(tf.math.sub(forward.before().get(0), candidate.result())),
            reset.times(tf.math.mul(toCandidate, products.get(1))));
    Operand<TFloat32> toRecurrent = tf.math.mul(toCandidate, reset.result());
    return new ResetAfterBackward(
        tf.concat(List.of(toGates.get(0), toGates.get(1), toRecurrent), tf.constant(1)),
        toCandidate,
        update.result());
  }

  @Override
  public List<Operand<TFloat32>> factors() {
    return List.of(toProducts, toEarlier);
  }

  /**
   * Keeps the gradients of the outputs only. Those of the products are three times as wide: keeping
   * and joining them takes longer than computing all of them again at the end.
   */
  @Override
  public Step step(
      Ops ops, List<Operand<TFloat32>> factors, List<Operand<TFloat32>> after, Lefts products) {
    Operand<TFloat32> h = after.get(0);
    Operand<TFloat32> earlier = products.of(0, ofProducts(ops, h, factors.get(0)));
    return new Step(List.of(h), List.of(ops.math.add(ops.math.mul(h, factors.get(1)), earlier)));
  }

  @Override
  public Gradients gradients(Ops tf, List<Operand<TFloat32>> kept) {
    Operand<TFloat32> ofProducts = ofProducts(tf, kept.get(0), toProducts);
    Operand<TFloat32> ofGates =
        Formula.parts(tf, ofProducts, 1, GRUFormula.GATES_AND_CANDIDATE).get(0);
    Operand<TFloat32> ofCandidate = tf.math.mul(kept.get(0), toCandidate);
    return new Gradients(
        tf.concat(List.of(ofGates, ofCandidate), tf.constant(1)), List.of(ofProducts));
  }

  private static Operand<TFloat32> ofProducts(
      Ops ops, Operand<TFloat32> outputs, Operand<TFloat32> factors) {
    return ops.math.mul(ops.concat(List.of(outputs, outputs, outputs), ops.constant(1)), factors);
  }
}
