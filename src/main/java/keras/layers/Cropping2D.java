package keras.layers;

import java.util.ArrayList;
import java.util.List;
import keras.backend.LayerContext;
import keras.internal.graph.Dims;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Takes rows and columns away from the edges of an image. Keras: {@code keras.layers.Cropping2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → the same with smaller sizes. A mask is not passed
 * on.
 */
public final class Cropping2D extends Edges<Cropping2D> {

  /** Leaves all as it is, unless {@link #cropping} is set. */
  public Cropping2D() {
    super("cropping", 2, 0);
  }

  /**
   * Sets how much is taken away.
   *
   * @param sizes one number for all edges, 0 by default; or one for each of rows, then columns
   * @return this layer
   * @throws IllegalArgumentException if one is negative
   */
  public Cropping2D cropping(int... sizes) {
    return ends(sizes);
  }

  /**
   * Sets how much is taken away at each end.
   *
   * @param sizes two numbers, at the beginning and at the end, for each of rows, then columns
   * @return this layer
   * @throws IllegalArgumentException if one is negative
   */
  public Cropping2D cropping(int[]... sizes) {
    return ends(sizes);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    long[] sizes = format().check(inputShape).asArray().clone();
    for (int i = 0; i < 2; i++) {
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
    int[] from = new int[4];
    List<Operand<TInt32>> sizes = new ArrayList<>(Dims.from(tf, inputs, 0));
    for (int i = 0; i < 2; i++) {
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

  /**
   * Returns a layer of its arguments. Keras: {@code Cropping2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Cropping2D fromConfig(Config config) {
    return new Cropping2D().common(config).edgesFrom(config);
  }
}
