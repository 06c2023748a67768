package keras.layers;

import java.util.ArrayList;
import java.util.List;
import keras.backend.LayerContext;
import keras.internal.graph.Dims;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A layer that takes the edges of images or volumes away.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
abstract class Cropping<S extends Cropping<S>> extends Edges<S> {

  Cropping(int rank, int size) {
    super("cropping", rank, size);
  }

  /**
   * Sets how much is taken away.
   *
   * @param sizes one number for all edges; or one for each dimension: depth (of volumes), rows,
   *     columns
   * @return this layer
   * @throws IllegalArgumentException if one is negative
   */
  public S cropping(int... sizes) {
    return ends(sizes);
  }

  /**
   * Sets how much is taken away at each end.
   *
   * @param sizes two numbers, at the beginning and at the end, for each dimension: depth (of
   *     volumes), rows, columns
   * @return this layer
   * @throws IllegalArgumentException if one is negative
   */
  public S cropping(int[]... sizes) {
    return ends(sizes);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    long[] sizes = format().check(inputShape).asArray().clone();
    for (int i = 0; i < format().rank(); i++) {
      int axis = format().firstAxis() + i;
      int away = ends()[i][0] + ends()[i][1];
      if (sizes[axis] != Shape.UNKNOWN_SIZE) {
        sizes[axis] -= away;
        if (sizes[axis] < 1) {
          throw Arguments.wrongShape(
              this,
              "cropping leaves nothing.",
              "more than " + away + " along dimension " + axis,
              inputShape,
              "take less away");
        }
      }
    }
    return Shape.of(sizes);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    int[] from = new int[inputs.shape().numDimensions()];
    List<Operand<TInt32>> sizes = new ArrayList<>(Dims.from(tf, inputs, 0));
    for (int i = 0; i < format().rank(); i++) {
      int axis = format().firstAxis() + i;
      from[axis] = ends()[i][0];
      Operand<TInt32> away = tf.constant(ends()[i][0] + ends()[i][1]);
      long known = inputs.shape().get(axis);
      sizes.set(
          axis,
          known == Shape.UNKNOWN_SIZE
              ? tf.math.sub(sizes.get(axis), away)
              : tf.constant((int) known - ends()[i][0] - ends()[i][1]));
    }
    return tf.slice(inputs, tf.constant(from), Dims.shape(tf, sizes));
  }
}
