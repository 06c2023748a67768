package keras.internal.rnn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The backward pass of a {@link SimpleRNNFormula} with an element-wise activation.
 *
 * @param toProduct factor from the gradient of the output to that of the state's product
 */
record SimpleRNNBackward(Operand<TFloat32> toProduct) implements FormulaBackward {

  static SimpleRNNBackward of(Ops tf, SimpleRNNFormula cell, Formula.Forward forward) {
    Call call =
        Call.of(
            tf, cell.activation(), tf.math.add(forward.inputs().get(0), forward.products().get(0)));
    return new SimpleRNNBackward(
        FormulaBackward.gradients(tf, call.times(tf.onesLike(call.result()))).get(0));
  }

  @Override
  public List<Operand<TFloat32>> factors() {
    return List.of(toProduct);
  }

  @Override
  public Step step(
      Ops ops, List<Operand<TFloat32>> factors, List<Operand<TFloat32>> after, Lefts products) {
    Operand<TFloat32> product = ops.math.mul(after.get(0), factors.get(0));
    return new Step(List.of(product), List.of(products.of(0, product)));
  }

  @Override
  public Gradients gradients(Ops tf, List<Operand<TFloat32>> kept) {
    return new Gradients(kept.get(0), kept);
  }
}
