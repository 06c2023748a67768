package keras.layers;

import java.util.ArrayList;
import java.util.List;
import keras.activations.Activation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One step of an LSTM (Hochreiter and Schmidhuber 1997), gates in Keras's order i, f, c, o.
 *
 * @param activation of the candidate and the output
 * @param recurrentActivation of the gates
 */
record LSTMCell(Activation activation, Activation recurrentActivation) implements Cell {

  @Override
  public int gateCount() {
    return 4;
  }

  @Override
  public int stateCount() {
    return 2;
  }

  @Override
  public Step call(
      Ops tf,
      Operand<TFloat32> z,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states) {
    List<Operand<TFloat32>> gates = gates(tf, z, products);
    Operand<TFloat32> i = recurrentActivation.call(tf, gates.get(0));
    Operand<TFloat32> f = recurrentActivation.call(tf, gates.get(1));
    Operand<TFloat32> g = activation.call(tf, gates.get(2));
    Operand<TFloat32> o = recurrentActivation.call(tf, gates.get(3));
    Operand<TFloat32> c = tf.math.add(tf.math.mul(f, states.get(1)), tf.math.mul(i, g));
    Operand<TFloat32> h = tf.math.mul(o, activation.call(tf, c));
    return new Step(h, List.of(h, c));
  }

  /** One product for all gates, or one for each. */
  private List<Operand<TFloat32>> gates(
      Ops tf, Operand<TFloat32> z, List<Operand<TFloat32>> products) {
    if (products.size() == 1) {
      return split(tf, tf.math.add(z, products.get(0)), 1);
    }
    List<Operand<TFloat32>> gates = new ArrayList<>();
    List<Operand<TFloat32>> inputs = split(tf, z, 1);
    for (int k = 0; k < gateCount(); k++) {
      gates.add(tf.math.add(inputs.get(k), products.get(k)));
    }
    return gates;
  }
}
