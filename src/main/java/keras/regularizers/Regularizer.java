package keras.regularizers;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.backend.TensorFunction;
import keras.internal.messages.Described;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A penalty on an array, added to the loss. Keras: {@code keras.regularizers.Regularizer}.
 *
 * <p>Where a regularizer is taken, a function from an array to a scalar is taken as well.
 */
public abstract class Regularizer implements TensorFunction {

  /** For subclasses. */
  protected Regularizer() {}

  /**
   * Adds the ops of the penalty.
   *
   * @param tf where the ops go
   * @param x the array
   * @return a scalar
   */
  @Override
  public abstract Operand<TFloat32> call(Ops tf, Operand<TFloat32> x);

  /**
   * The arguments, under the names that Keras gives them.
   *
   * @return a new map, in Keras's order
   */
  public Map<String, Object> getConfig() {
    return new LinkedHashMap<>();
  }

  /** Returns the sum over all elements of |x|. */
  static Operand<TFloat32> sumOfMagnitudes(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> magnitudes = tf.math.abs(x);
    Operand<TInt32> all =
        x.shape().isUnknown()
            ? tf.range(tf.constant(0), tf.rank(x), tf.constant(1))
            : tf.constant(axes(x.shape().numDimensions()));
    return tf.reduceSum(magnitudes, all);
  }

  /** Returns the sum over all elements of x², times a factor. */
  static Operand<TFloat32> sumOfSquares(Ops tf, Operand<TFloat32> x, double factor) {
    // One kernel that gives half the sum.
    return tf.math.mul(tf.nn.l2Loss(x), tf.constant(2 * (float) factor));
  }

  private static int[] axes(int rank) {
    int[] axes = new int[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = i;
    }
    return axes;
  }

  @Override
  public String toString() {
    return Described.by(this, this::getConfig);
  }
}
