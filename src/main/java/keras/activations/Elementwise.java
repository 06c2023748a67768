package keras.activations;

import org.tensorflow.Operand;
import org.tensorflow.framework.op.FrameworkOps;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The formulas that look at one element at a time. Written the way Keras's TensorFlow backend
 * writes them, since at a kink the gradient depends on that.
 */
final class Elementwise {

  private Elementwise() {}

  static Operand<TFloat32> clip(Ops tf, Operand<TFloat32> x, float least, float most) {
    return tf.math.maximum(tf.math.minimum(x, tf.constant(most)), tf.constant(least));
  }

  static Operand<TFloat32> elu(Ops tf, Operand<TFloat32> x, float alpha) {
    Operand<TFloat32> elu = tf.nn.elu(x);
    return tf.select(
        tf.math.greater(x, tf.constant(0f)), elu, tf.math.mul(tf.constant(alpha), elu));
  }

  static Operand<TFloat32> celu(Ops tf, Operand<TFloat32> x, float alpha) {
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TFloat32> scale = tf.constant(alpha);
    Operand<TFloat32> below = tf.math.expm1(tf.math.div(tf.math.minimum(x, zero), scale));
    return tf.math.add(tf.math.maximum(x, zero), tf.math.mul(scale, below));
  }

  static Operand<TFloat32> squareplus(Ops tf, Operand<TFloat32> x, float b) {
    Operand<TFloat32> root = tf.math.sqrt(tf.math.add(tf.math.square(x), tf.constant(b)));
    return tf.math.div(tf.math.add(x, root), tf.constant(2f));
  }

  static Operand<TFloat32> gelu(Ops tf, Operand<TFloat32> x, boolean approximate) {
    return FrameworkOps.create(tf).nn.gelu(x, approximate);
  }

  static Operand<TFloat32> silu(Ops tf, Operand<TFloat32> x) {
    return tf.math.mul(x, tf.math.sigmoid(x));
  }

  static Operand<TFloat32> mish(Ops tf, Operand<TFloat32> x) {
    return tf.math.mul(x, tf.math.tanh(tf.math.softplus(x)));
  }

  static Operand<TFloat32> hardSigmoid(Ops tf, Operand<TFloat32> x) {
    return tf.math.div(tf.nn.relu6(tf.math.add(x, tf.constant(3f))), tf.constant(6f));
  }

  static Operand<TFloat32> keras2HardSigmoid(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> line = tf.math.add(tf.math.mul(x, tf.constant(0.2f)), tf.constant(0.5f));
    return clip(tf, line, 0, 1);
  }

  static Operand<TFloat32> hardSilu(Ops tf, Operand<TFloat32> x) {
    return tf.math.mul(x, hardSigmoid(tf, x));
  }

  static Operand<TFloat32> sparseSigmoid(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> slope = tf.math.mul(tf.constant(0.5f), tf.math.add(x, one));
    return tf.select(
        tf.math.lessEqual(x, tf.constant(-1f)),
        tf.constant(0f),
        tf.select(tf.math.greaterEqual(x, one), one, slope));
  }

  static Operand<TFloat32> sparsePlus(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> curve = tf.math.mul(tf.constant(0.25f), tf.math.square(tf.math.add(x, one)));
    return tf.select(
        tf.math.lessEqual(x, tf.constant(-1f)),
        tf.constant(0f),
        tf.select(tf.math.less(x, one), curve, x));
  }

  static Operand<TFloat32> logSigmoid(Ops tf, Operand<TFloat32> x) {
    return tf.math.neg(tf.math.softplus(tf.math.neg(x)));
  }

  static Operand<TFloat32> tanhShrink(Ops tf, Operand<TFloat32> x) {
    return tf.math.sub(x, tf.math.tanh(x));
  }

  static Operand<TFloat32> softShrink(Ops tf, Operand<TFloat32> x, float threshold) {
    Operand<TFloat32> t = tf.constant(threshold);
    return tf.select(
        tf.math.greater(x, t),
        tf.math.sub(x, t),
        tf.select(tf.math.less(x, tf.constant(-threshold)), tf.math.add(x, t), tf.constant(0f)));
  }

  static Operand<TFloat32> hardShrink(Ops tf, Operand<TFloat32> x, float threshold) {
    return tf.select(tf.math.greater(tf.math.abs(x), tf.constant(threshold)), x, tf.constant(0f));
  }

  static Operand<TFloat32> threshold(Ops tf, Operand<TFloat32> x, float threshold, float other) {
    return tf.select(tf.math.greater(x, tf.constant(threshold)), x, tf.constant(other));
  }
}
