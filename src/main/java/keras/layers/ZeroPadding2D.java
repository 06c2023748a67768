package keras.layers;

import keras.backend.LayerContext;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adds zeros around an image. Keras: {@code keras.layers.ZeroPadding2D}.
 *
 * <p>Shapes: (batch, rows, columns, features) → the same with larger sizes. A mask is not passed
 * on.
 */
public final class ZeroPadding2D extends Edges<ZeroPadding2D> {

  /** Adds one zero at each edge. */
  public ZeroPadding2D() {
    super("padding", 2, 1);
  }

  /**
   * Sets how many zeros are added.
   *
   * @param sizes one number for all edges, 1 by default; or one for each of rows, then columns
   * @return this layer
   * @throws IllegalArgumentException if one is negative
   */
  public ZeroPadding2D padding(int... sizes) {
    return ends(sizes);
  }

  /**
   * Sets how many zeros are added at each end.
   *
   * @param sizes two numbers, before and after, for each of rows, then columns
   * @return this layer
   * @throws IllegalArgumentException if one is negative
   */
  public ZeroPadding2D padding(int[]... sizes) {
    return ends(sizes);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    long[] sizes = format().check(inputShape).asArray().clone();
    for (int i = 0; i < 2; i++) {
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
    int[][] paddings = new int[4][2];
    System.arraycopy(ends(), 0, paddings, format().firstAxis(), 2);
    return tf.pad(inputs, tf.constant(paddings), tf.constant(0f));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code ZeroPadding2D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ZeroPadding2D fromConfig(Config config) {
    return new ZeroPadding2D().common(config).edgesFrom(config);
  }
}
