package keras.internal.rnn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The backward pass of an {@link LSTMFormula} with element-wise activations.
 *
 * @param hToC factor from the gradient of h to that of c
 * @param toGates factors from the gradients of c, c, c and h to those of the gates i, f, c and o
 * @param cToEarlierC factor from the gradient of c to that of the c before
 */
record LSTMBackward(
    Operand<TFloat32> hToC, Operand<TFloat32> toGates, Operand<TFloat32> cToEarlierC)
    implements FormulaBackward {

  /** Of any LSTM, from its products: the gates are computed again. */
  static LSTMBackward of(Ops tf, LSTMFormula cell, Formula.Forward forward) {
    List<Operand<TFloat32>> gates =
        Formula.split(tf, tf.math.add(forward.inputs().get(0), forward.products().get(0)), 4);
    Call i = Call.of(tf, cell.recurrentActivation(), gates.get(0));
    Call f = Call.of(tf, cell.recurrentActivation(), gates.get(1));
    Call g = Call.of(tf, cell.activation(), gates.get(2));
    Call o = Call.of(tf, cell.recurrentActivation(), gates.get(3));
    Call cOut = Call.of(tf, cell.activation(), forward.after().get(1));
    List<Operand<TFloat32>> factors =
        FormulaBackward.gradients(
            tf,
            i.times(g.result()),
            f.times(forward.before().get(1)),
            g.times(i.result()),
            o.times(cOut.result()),
            cOut.times(o.result()));
    return new LSTMBackward(
        factors.get(4), tf.concat(factors.subList(0, 4), tf.constant(1)), f.result());
  }

  @Override
  public List<Operand<TFloat32>> factors() {
    return List.of(hToC, toGates, cToEarlierC);
  }

  @Override
  public Step step(
      Ops ops, List<Operand<TFloat32>> factors, List<Operand<TFloat32>> after, Lefts products) {
    Operand<TFloat32> h = after.get(0);
    Operand<TFloat32> c = ops.math.add(ops.math.mul(h, factors.get(0)), after.get(1));
    Operand<TFloat32> gates =
        ops.math.mul(ops.concat(List.of(c, c, c, h), ops.constant(1)), factors.get(1));
    return new Step(
        List.of(gates), List.of(products.of(0, gates), ops.math.mul(c, factors.get(2))));
  }

  @Override
  public Gradients gradients(Ops tf, List<Operand<TFloat32>> kept) {
    return new Gradients(kept.get(0), kept);
  }
}
