package keras.layers;

import keras.backend.LayerContext;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adds zeros around a volume. Keras: {@code keras.layers.ZeroPadding3D}.
 *
 * <p>Shapes: (batch, depth, rows, columns, features) → the same with larger sizes. A mask is not
 * passed on.
 */
public final class ZeroPadding3D extends Edges<ZeroPadding3D> {

  /** Adds one zero at each edge. */
  public ZeroPadding3D() {
    super("padding", 3, 1);
  }

  /**
   * Sets how many zeros are added.
   *
   * @param sizes one number for all edges, 1 by default; or one for each of depth, then rows, then
   *     columns
   * @return this layer
   * @throws IllegalArgumentException if one is negative
   */
  public ZeroPadding3D padding(int... sizes) {
    return ends(sizes);
  }

  /**
   * Sets how many zeros are added at each end.
   *
   * @param sizes two numbers, before and after, for each of depth, then rows, then columns
   * @return this layer
   * @throws IllegalArgumentException if one is negative
   */
  public ZeroPadding3D padding(int[]... sizes) {
    return ends(sizes);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    long[] sizes = format().check(inputShape).asArray().clone();
    for (int i = 0; i < 3; i++) {
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
    int[][] paddings = new int[5][2];
    System.arraycopy(ends(), 0, paddings, format().firstAxis(), 3);
    return tf.pad(inputs, tf.constant(paddings), tf.constant(0f));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code ZeroPadding3D.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ZeroPadding3D fromConfig(Config config) {
    return new ZeroPadding3D().common(config).edgesFrom(config);
  }
}
