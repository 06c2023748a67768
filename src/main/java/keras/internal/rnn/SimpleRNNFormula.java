package keras.internal.rnn;

import java.util.List;
import keras.activations.Activation;
import keras.internal.graph.Elementwise;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One step of a simple recurrent network (Elman 1990).
 *
 * @param activation of the output, which is the state as well
 */
public record SimpleRNNFormula(Activation activation) implements Formula {

  @Override
  public int gateCount() {
    return 1;
  }

  @Override
  public int stateCount() {
    return 1;
  }

  @Override
  public List<Operand<TFloat32>> call(
      Ops tf,
      List<Operand<TFloat32>> inputs,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states) {
    return List.of(activation.call(tf, tf.math.add(inputs.get(0), products.get(0))));
  }

  @Override
  public FormulaBackward backward(Ops tf, Forward forward) {
    return Elementwise.are(activation)
        ? SimpleRNNBackward.of(tf, this, forward)
        : new StepwiseBackward(this, forward);
  }
}
