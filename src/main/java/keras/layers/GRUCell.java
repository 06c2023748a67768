package keras.layers;

import java.util.ArrayList;
import java.util.List;
import keras.activations.Activation;
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
record GRUCell(Activation activation, Activation recurrentActivation, boolean resetAfter)
    implements Cell {

  @Override
  public int gateCount() {
    return 3;
  }

  @Override
  public int stateCount() {
    return 1;
  }

  @Override
  public List<Integer> productGates() {
    return resetAfter ? List.of(3) : List.of(2, 1);
  }

  @Override
  public boolean hasRecurrentBias() {
    return resetAfter;
  }

  /** The candidate's product: with the state that the reset gate has let through. */
  @Override
  public boolean isLastLate() {
    return !resetAfter;
  }

  @Override
  public Operand<TFloat32> late(
      Ops tf,
      Operand<TFloat32> z,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states) {
    return tf.math.mul(gate(tf, 1, split(tf, z, 1), parts(tf, products, 2)), states.get(0));
  }

  @Override
  public Step call(
      Ops tf,
      Operand<TFloat32> z,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states) {
    List<Operand<TFloat32>> inputs = split(tf, z, 1);
    List<Operand<TFloat32>> parts = parts(tf, products, 3);
    Operand<TFloat32> before = states.get(0);
    Operand<TFloat32> update = gate(tf, 0, inputs, parts);
    Operand<TFloat32> recurrent =
        resetAfter ? tf.math.mul(gate(tf, 1, inputs, parts), parts.get(2)) : parts.get(2);
    Operand<TFloat32> candidate = activation.call(tf, tf.math.add(inputs.get(2), recurrent));
    Operand<TFloat32> kept = tf.math.mul(update, before);
    Operand<TFloat32> renewed = tf.math.mul(tf.math.sub(tf.constant(1f), update), candidate);
    Operand<TFloat32> h = tf.math.add(kept, renewed);
    return new Step(h, List.of(h));
  }

  private Operand<TFloat32> gate(
      Ops tf, int k, List<Operand<TFloat32>> inputs, List<Operand<TFloat32>> parts) {
    return recurrentActivation.call(tf, tf.math.add(inputs.get(k), parts.get(k)));
  }

  /** So many gates' products, each of its own: the first one may be of several gates. */
  private List<Operand<TFloat32>> parts(Ops tf, List<Operand<TFloat32>> products, int gates) {
    if (products.size() == gates) {
      return products;
    }
    long together = productGates().get(0);
    List<Operand<TFloat32>> parts =
        new ArrayList<>(tf.split(tf.constant(1), products.get(0), together).output());
    parts.addAll(products.subList(1, products.size()));
    return parts;
  }
}
