package keras.layers;

import java.util.List;
import keras.activations.Activation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One step of a simple recurrent network (Elman 1990).
 *
 * @param activation of the output, which is the state as well
 */
record SimpleRNNCell(Activation activation) implements Cell {

  @Override
  public int gateCount() {
    return 1;
  }

  @Override
  public int stateCount() {
    return 1;
  }

  @Override
  public Step call(
      Ops tf,
      Operand<TFloat32> z,
      List<Operand<TFloat32>> products,
      List<Operand<TFloat32>> states) {
    Operand<TFloat32> h = activation.call(tf, tf.math.add(z, products.get(0)));
    return new Step(h, List.of(h));
  }
}
