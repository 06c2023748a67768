package keras.internal.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** Dimensions as tensors, for shapes that are only known when a program runs. */
public final class Dims {

  private Dims() {}

  /**
   * Puts tensors one behind the other; TensorFlow's op wants two at least.
   *
   * @param tf where the op goes, if one is needed
   * @param parts one or more
   * @param axis along which axis
   */
  public static <T extends TType> Operand<T> concat(Ops tf, List<Operand<T>> parts, int axis) {
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(axis));
  }

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

  /**
   * Returns the sizes of the dimensions from one on.
   *
   * @param tf where ops go, if any are needed
   * @param tensor the tensor that has the dimensions; its rank must be known
   * @param first the first dimension that is wanted
   * @return a scalar each
   */
  public static List<Operand<TInt32>> from(Ops tf, Operand<? extends TType> tensor, int first) {
    List<Operand<TInt32>> sizes = new ArrayList<>();
    for (int axis = first; axis < tensor.shape().numDimensions(); axis++) {
      sizes.add(of(tf, tensor, axis));
    }
    return sizes;
  }

  /**
   * Returns a shape made of sizes. Those that are known stay known to whatever is given the shape.
   *
   * @param tf where ops go
   * @param sizes a scalar each
   * @return a vector
   */
  public static Operand<TInt32> shape(Ops tf, List<Operand<TInt32>> sizes) {
    return sizes.isEmpty() ? tf.constant(new int[0]) : tf.stack(sizes);
  }

  /**
   * Tells whether two dimensions can be the same.
   *
   * @param one a size, or -1 for one that is not known
   * @param other likewise
   * @return false if both are known and differ
   */
  public static boolean agree(long one, long other) {
    return one == other || one == Shape.UNKNOWN_SIZE || other == Shape.UNKNOWN_SIZE;
  }

  /**
   * Tells whether two shapes can be the same.
   *
   * @param one a shape
   * @param other another one
   * @return false if their ranks, or dimensions that are known, differ
   */
  public static boolean agree(Shape one, Shape other) {
    boolean agree = one.numDimensions() == other.numDimensions();
    for (int i = 0; agree && i < one.numDimensions(); i++) {
      agree = agree(one.get(i), other.get(i));
    }
    return agree;
  }

  /**
   * The dimensions of a wanted shape as a tensor. At most one unknown one needs nothing; further
   * ones are taken from the dimension of {@code like} at the same place.
   */
  public static Operand<TInt32> shape(Ops tf, Operand<?> like, Shape wanted) {
    int rank = wanted.numDimensions();
    int[] known = new int[rank];
    int unknown = 0;
    for (int i = 0; i < rank; i++) {
      known[i] = (int) wanted.get(i);
      unknown += wanted.get(i) == Shape.UNKNOWN_SIZE ? 1 : 0;
    }
    if (unknown <= 1) {
      return tf.constant(known);
    }
    List<Operand<TInt32>> sizes = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      sizes.add(known[i] < 0 ? of(tf, like, i) : tf.constant(known[i]));
    }
    return tf.stack(sizes);
  }
}
