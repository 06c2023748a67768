package keras.internal.rnn;

import java.util.ArrayList;
import java.util.List;
import keras.internal.graph.Dims;
import keras.internal.graph.Gradient;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The backward pass of any cell, for activations that are not element-wise, such as softmax: each
 * step is computed again and differentiated by TensorFlow.
 */
final class StepwiseBackward implements FormulaBackward {

  private final Formula cell;
  private final List<Operand<TFloat32>> factors = new ArrayList<>();
  private final int inputCount;
  private final int productCount;

  StepwiseBackward(Formula cell, Formula.Forward forward) {
    this.cell = cell;
    this.inputCount = forward.inputs().size();
    this.productCount = forward.products().size();
    factors.addAll(forward.inputs());
    factors.addAll(forward.products());
    factors.addAll(forward.before());
  }

  @Override
  public List<Operand<TFloat32>> factors() {
    return factors;
  }

  @Override
  public Step step(
      Ops ops, List<Operand<TFloat32>> factors, List<Operand<TFloat32>> after, Lefts products) {
    List<Operand<TFloat32>> sources = new ArrayList<>();
    factors.forEach(factor -> sources.add(ops.identity(factor)));
    int states = inputCount + productCount;
    List<Operand<TFloat32>> inputs = sources.subList(0, inputCount);
    List<Operand<TFloat32>> multiplied = sources.subList(inputCount, states);
    List<Operand<TFloat32>> before = sources.subList(states, sources.size());
    List<Operand<TFloat32>> gradients =
        Gradient.of(ops, cell.call(ops, inputs, multiplied, before), after, sources);
    if (cell.isLastLate()) {
      int last = states - 1;
      Operand<TFloat32> gradient = products.of(productCount - 1, gradients.get(last));
      List<Operand<TFloat32>> more =
          Gradient.of(ops, List.of(late(ops, sources)), List.of(gradient), sources);
      for (int i = 0; i < sources.size(); i++) {
        gradients.set(i, Timesteps.sum(ops, gradients.get(i), more.get(i)));
      }
    }
    for (int i = 0; i < sources.size(); i++) {
      if (gradients.get(i) == null) {
        gradients.set(i, ops.zerosLike(sources.get(i)));
      }
    }
    int early = productCount - (cell.isLastLate() ? 1 : 0);
    for (int k = 0; k < early; k++) {
      gradients.set(
          states,
          ops.math.add(gradients.get(states), products.of(k, gradients.get(inputCount + k))));
    }
    return new Step(gradients.subList(0, states), gradients.subList(states, sources.size()));
  }

  private Operand<TFloat32> late(Ops ops, List<Operand<TFloat32>> sources) {
    int states = inputCount + productCount;
    return cell.late(
        ops,
        sources.subList(0, inputCount),
        sources.subList(inputCount, states - 1),
        sources.subList(states, sources.size()));
  }

  @Override
  public Gradients gradients(Ops tf, List<Operand<TFloat32>> kept) {
    List<Operand<TFloat32>> inputs = kept.subList(0, inputCount);
    return new Gradients(
        Dims.concat(tf, inputs, 1),
        kept.subList(inputCount, kept.size()),
        cell.isLastLate() ? late(tf, factors) : null);
  }
}
