package keras.layers;

import java.util.List;
import java.util.Map;
import keras.internal.graph.Dims;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The size that images are brought to, and the ways there. */
final class ImageSize {

  private final Layer<?> layer;
  private final DataFormat format;
  private final int height;
  private final int width;

  ImageSize(Layer<?> layer, int height, int width) {
    String name = layer.getClass().getSimpleName();
    this.layer = layer;
    this.height = Checks.positive(name, "height", height);
    this.width = Checks.positive(name, "width", width);
    this.format = new DataFormat(layer, 2);
  }

  DataFormat format() {
    return format;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  Shape outputShape(Shape input) {
    long[] sizes = format.check(input).asArray().clone();
    sizes[format.firstAxis()] = height;
    sizes[format.firstAxis() + 1] = width;
    return Shape.of(sizes);
  }

  /** Refuses images whose size is not known, as cutting and padding depend on it. */
  void checkKnown(Shape input) {
    format.check(input);
    for (int axis : format.axes()) {
      if (input.get(axis) == Shape.UNKNOWN_SIZE) {
        throw Arguments.wrongShape(
            layer,
            "the size of the images must be known.",
            "a shape with rows and columns",
            input,
            "give these dimensions of the model's Input");
      }
    }
  }

  /** Cuts out of the middle of images as much as has the proportions of the new size. */
  Operand<TFloat32> cut(Ops tf, Operand<TFloat32> images) {
    int rows = (int) images.shape().get(1);
    int columns = (int) images.shape().get(2);
    int keptRows = Math.max(Math.min(rows, scaled(columns, height, width)), 1);
    int keptColumns = Math.max(Math.min(columns, scaled(rows, width, height)), 1);
    return slice(
        tf, images, (rows - keptRows) / 2, (columns - keptColumns) / 2, keptRows, keptColumns);
  }

  private static int scaled(int size, int by, int of) {
    return (int) ((double) size * by / of);
  }

  /** Cuts the new size out of the middle of images. */
  Operand<TFloat32> cutExactly(Ops tf, Operand<TFloat32> images) {
    int above = ((int) images.shape().get(1) - height) / 2;
    int left = ((int) images.shape().get(2) - width) / 2;
    return slice(tf, images, above, left, height, width);
  }

  private static Operand<TFloat32> slice(
      Ops tf, Operand<TFloat32> images, int above, int left, int rows, int columns) {
    return tf.slice(
        images,
        tf.constant(new int[] {0, above, left, 0}),
        tf.constant(new int[] {-1, rows, columns, -1}));
  }

  /** Puts a frame around images so that they have the proportions of the new size. */
  Operand<TFloat32> framed(Ops tf, Operand<TFloat32> images, double fill) {
    int rows = (int) images.shape().get(1);
    int columns = (int) images.shape().get(2);
    int above = Math.max(0, scaled(columns, height, width) - rows) / 2;
    int left = Math.max(0, scaled(rows, width, height) - columns) / 2;
    return tf.pad(
        images,
        tf.constant(new int[][] {{0, 0}, {above, above}, {left, left}, {0, 0}}),
        tf.constant((float) fill));
  }

  /** Brings images to the new size. */
  Operand<TFloat32> resized(
      Ops tf, Operand<TFloat32> images, String interpolation, boolean antialias) {
    Operand<TInt32> sizes = tf.constant(new int[] {height, width});
    Operand<TInt32> old = tf.stack(List.of(Dims.of(tf, images, 1), Dims.of(tf, images, 2)));
    Operand<TFloat32> scale =
        tf.math.div(tf.constant(new float[] {height, width}), tf.dtypes.cast(old, TFloat32.class));
    return Interpolation.resize(tf, interpolation, images, sizes, scale, antialias);
  }

  void write(Map<String, Object> config) {
    config.put("height", height);
    config.put("width", width);
  }

  /** Refuses a format of boxes: images alone are taken. */
  static void refuseBoxes(Config config) {
    config.only("bounding_box_format", null);
  }
}
