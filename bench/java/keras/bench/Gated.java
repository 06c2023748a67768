package keras.bench;

import java.util.List;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.layers.Layer;
import keras.layers.RNNCell;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The cell of docs/your-own-layers.md. */
final class Gated extends Layer<Gated> implements RNNCell {

  private final int units;
  private Variable gate;
  private Variable kernel;

  Gated(int units) {
    this.units = units;
  }

  @Override
  public List<Shape> stateSize() {
    return List.of(Shape.of(units));
  }

  @Override
  protected void build(Shape inputShape) {
    Shape shape = Shape.of(inputShape.get(1) + units, units);
    gate = addWeight("gate", shape);
    kernel = addWeight("kernel", shape);
  }

  @Override
  public Result call(
      LayerContext context, Operand<TFloat32> inputs, List<Operand<TFloat32>> states) {
    Ops tf = context.tf();
    Operand<TFloat32> h = states.get(0);
    Operand<TFloat32> f = tf.math.sigmoid(product(context, inputs, h, gate));
    Operand<TFloat32> candidate = tf.math.tanh(product(context, inputs, tf.math.mul(f, h), kernel));
    h = tf.math.add(h, tf.math.mul(f, tf.math.sub(candidate, h)));
    return new Result(h, List.of(h));
  }

  private static Operand<TFloat32> product(
      LayerContext context, Operand<TFloat32> a, Operand<TFloat32> b, Variable weight) {
    Ops tf = context.tf();
    return tf.linalg.matMul(tf.concat(List.of(a, b), tf.constant(1)), context.weight(weight));
  }
}
