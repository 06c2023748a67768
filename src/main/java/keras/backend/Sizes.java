package keras.backend;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** Dimensions as tensors, for shapes that are only known when a program runs. */
public final class Sizes {

  private Sizes() {}

  /**
   * One dimension of a tensor.
   *
   * @param tf where the ops go
   * @param x the tensor
   * @param axis which dimension
   * @return a scalar, a constant where the dimension is known
   */
  public static Operand<TInt32> of(Ops tf, Operand<?> x, int axis) {
    long known = x.shape().get(axis);
    if (known != Shape.UNKNOWN_SIZE) {
      return tf.constant((int) known);
    }
    Operand<TInt32> one =
        tf.slice(tf.shape(x), tf.constant(new int[] {axis}), tf.constant(new int[] {1}));
    return tf.reshape(one, tf.constant(new int[0]));
  }
}
