package keras.layers;

import keras.backend.LayerContext;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A layer that adds zeros around images or volumes.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
abstract class ZeroPadding<S extends ZeroPadding<S>> extends Edges<S> {

  ZeroPadding(int rank, int size) {
    super("padding", rank, size);
  }

  /**
   * Sets how many zeros are added.
   *
   * @param sizes one number for all edges, 1 by default; or one for each dimension: depth (of
   *     volumes), rows, columns
   * @return this layer
   * @throws IllegalArgumentException if one is negative
   */
  public S padding(int... sizes) {
    return ends(sizes);
  }

  /**
   * Sets how many zeros are added at each end.
   *
   * @param sizes two numbers, before and after, for each dimension: depth (of volumes), rows,
   *     columns
   * @return this layer
   * @throws IllegalArgumentException if one is negative
   */
  public S padding(int[]... sizes) {
    return ends(sizes);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    long[] sizes = format().check(inputShape).asArray().clone();
    for (int i = 0; i < format().rank(); i++) {
      int axis = format().firstAxis() + i;
      if (sizes[axis] != Shape.UNKNOWN_SIZE) {
        sizes[axis] += (long) ends()[i][0] + ends()[i][1];
      }
    }
    return Shape.of(sizes);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    int[][] paddings = new int[inputs.shape().numDimensions()][2];
    System.arraycopy(ends(), 0, paddings, format().firstAxis(), format().rank());
    return tf.pad(inputs, tf.constant(paddings), tf.constant(0f));
  }
}
