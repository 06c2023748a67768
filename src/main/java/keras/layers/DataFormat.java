package keras.layers;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import keras.internal.messages.Names;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Which dimension of sequences, images and volumes holds the features. Keras: {@code data_format}.
 */
final class DataFormat {

  private static final String CHANNELS_LAST = "channels_last";
  private static final String CHANNELS_FIRST = "channels_first";

  private final Layer<?> layer;
  private final int rank;
  private String name = CHANNELS_LAST;

  /**
   * The default: features are last.
   *
   * @param layer whose, for messages
   * @param rank 1 for sequences, 2 for images, 3 for volumes
   */
  DataFormat(Layer<?> layer, int rank) {
    this.layer = layer;
    this.rank = rank;
  }

  /** Sets the format by its name; null for the default. */
  void set(String value) {
    if (value == null) {
      name = CHANNELS_LAST;
      return;
    }
    String lower = value.toLowerCase(Locale.ROOT);
    if (!lower.equals(CHANNELS_LAST) && !lower.equals(CHANNELS_FIRST)) {
      throw Names.unknown("data format", value, List.of(CHANNELS_LAST, CHANNELS_FIRST));
    }
    name = lower;
  }

  /** Returns the name that Keras has for it. */
  String name() {
    return name;
  }

  boolean isFirst() {
    return name.equals(CHANNELS_FIRST);
  }

  int rank() {
    return rank;
  }

  int featuresAxis(Shape shape) {
    return isFirst() ? 1 : shape.numDimensions() - 1;
  }

  /** Returns the first dimension that is neither the batch nor the features. */
  int firstAxis() {
    return isFirst() ? 2 : 1;
  }

  /** Returns the dimensions that are neither the batch nor the features. */
  int[] axes() {
    return IntStream.range(firstAxis(), firstAxis() + rank).toArray();
  }

  /** Returns a value for each dimension. */
  <T> List<T> of(T batch, List<T> places, T features) {
    java.util.ArrayList<T> all = new java.util.ArrayList<>(places);
    all.add(isFirst() ? 0 : rank, features);
    all.add(0, batch);
    return all;
  }

  /** Checks that a shape has the dimensions that the layer wants. */
  Shape check(Shape shape) {
    String sizes = List.of("timesteps", "rows, columns", "depth, rows, columns").get(rank - 1);
    Arguments.rank(
        layer,
        shape,
        rank + 2,
        isFirst() ? "(batch, features, " + sizes + ")" : "(batch, " + sizes + ", features)",
        rank == 1
            ? "give samples of (timesteps, features), or returnSequences(true) to a layer before"
            : "give samples with " + (rank + 1) + " dimensions");
    return shape;
  }

  /** Returns the number of features, which must be known. */
  long features(Shape shape) {
    check(shape);
    long features = shape.get(featuresAxis(shape));
    if (features == Shape.UNKNOWN_SIZE) {
      throw Arguments.wrongShape(
          layer,
          "the number of features must be known.",
          "a shape with features known",
          shape,
          "give that dimension of the model's Input");
    }
    return features;
  }

  /** Returns a tensor with its features last. */
  Operand<TFloat32> toLast(Ops tf, Operand<TFloat32> x) {
    return isFirst() ? tf.linalg.transpose(x, tf.constant(toLast(x.shape()))) : x;
  }

  /** Returns a tensor whose features are last in this format. */
  Operand<TFloat32> fromLast(Ops tf, Operand<TFloat32> y) {
    if (!isFirst()) {
      return y;
    }
    int[] order = new int[rank + 2];
    order[1] = rank + 1;
    for (int i = 2; i < rank + 2; i++) {
      order[i] = i - 1;
    }
    return tf.linalg.transpose(y, tf.constant(order));
  }

  /** Returns the order of dimensions that moves the second one to the last place. */
  static int[] toLast(Shape shape) {
    int rank = shape.numDimensions();
    int[] order = new int[rank];
    for (int i = 1; i < rank - 1; i++) {
      order[i] = i + 1;
    }
    order[rank - 1] = 1;
    return order;
  }
}
