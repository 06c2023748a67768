package keras.internal.rnn;

import java.util.List;
import keras.activations.Activation;
import keras.internal.graph.Elementwise;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One step of an LSTM (Hochreiter and Schmidhuber 1997), gates in Keras's order i, f, c, o.
 *
 * @param activation of the candidate and the output
 * @param recurrentActivation of the gates
 */
public record LSTMFormula(Activation activation, Activation recurrentActivation)
    implements Formula {

  @Override
  public int gateCount() {
    return 4;
  }

  @Override
  public int stateCount() {
    return 2;
  }

  @Override
  public List<Operand<TFloat32>> call(
      Ops tf,
      List<Operand<TFloat32>> inputs,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states) {
    List<Operand<TFloat32>> gates =
        Formula.split(tf, tf.math.add(inputs.get(0), products.get(0)), gateCount());
    Operand<TFloat32> i = recurrentActivation.call(tf, gates.get(0));
    Operand<TFloat32> f = recurrentActivation.call(tf, gates.get(1));
    Operand<TFloat32> g = activation.call(tf, gates.get(2));
    Operand<TFloat32> o = recurrentActivation.call(tf, gates.get(3));
    Operand<TFloat32> c = tf.math.add(tf.math.mul(f, states.get(1)), tf.math.mul(i, g));
    Operand<TFloat32> h = tf.math.mul(o, activation.call(tf, c));
    return List.of(h, c);
  }

  @Override
  public FormulaBackward backward(Ops tf, Forward forward) {
    return Elementwise.are(activation, recurrentActivation)
        ? LSTMBackward.of(tf, this, forward)
        : new StepwiseBackward(this, forward);
  }
}
