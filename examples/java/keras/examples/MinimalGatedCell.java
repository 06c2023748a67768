package keras.examples;

import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.layers.Layer;
import keras.layers.RNNCell;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A cell with one gate, which says how much of the state is kept: Zhou et al., Minimal Gated Unit
 * for Recurrent Neural Networks, 2016.
 */
final class MinimalGatedCell extends Layer<MinimalGatedCell> implements RNNCell {

  private final int units;
  private Variable kernel;
  private Variable recurrentKernel;
  private Variable bias;

  MinimalGatedCell(int units) {
    this.units = units;
  }

  @Override
  public List<Shape> stateSize() {
    return List.of(Shape.of(units));
  }

  @Override
  protected void build(Shape inputShape) {
    kernel = addWeight("kernel", Shape.of(inputShape.get(1), 2L * units));
    recurrentKernel =
        addWeight(
            "recurrent_kernel", Shape.of(units, 2L * units), w -> w.initializer("orthogonal"));
    bias = addWeight("bias", Shape.of(2L * units), w -> w.initializer("zeros"));
  }

  @Override
  public Result call(
      LayerContext context, Operand<TFloat32> inputs, List<Operand<TFloat32>> states) {
    Ops tf = context.tf();
    Operand<TFloat32> h = states.get(0);
    Operand<TFloat32> x =
        tf.math.add(tf.linalg.matMul(inputs, context.weight(kernel)), context.weight(bias));
    Operand<TFloat32> recurrent = context.weight(recurrentKernel);
    Operand<TFloat32> gate =
        tf.math.sigmoid(tf.math.add(half(tf, x, 0), tf.linalg.matMul(h, half(tf, recurrent, 0))));
    Operand<TFloat32> candidate =
        tf.math.tanh(
            tf.math.add(
                half(tf, x, 1), tf.linalg.matMul(tf.math.mul(gate, h), half(tf, recurrent, 1))));
    h = tf.math.add(h, tf.math.mul(gate, tf.math.sub(candidate, h)));
    return new Result(h, List.of(h));
  }

  private Operand<TFloat32> half(Ops tf, Operand<TFloat32> both, int which) {
    return tf.slice(
        both, tf.constant(new int[] {0, which * units}), tf.constant(new int[] {-1, units}));
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("units", units);
    return config;
  }

  static MinimalGatedCell fromConfig(Config config) {
    return new MinimalGatedCell(config.integer("units"));
  }
}
