package keras.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

/** How kernels and pools move over sequences and images. */
final class Window {

  private static final String CAUSAL = "causal";

  private final Layer<?> layer;
  private final int rank;
  private int[] strides;
  private String padding = "valid";
  private String dataFormat = DataFormat.CHANNELS_LAST;

  /**
   * @param layer whose, for messages
   * @param rank 1 for sequences, 2 for images
   */
  Window(Layer<?> layer, int rank) {
    this.layer = layer;
    this.rank = rank;
    this.strides = sizes(layer, "strides", rank, 1);
  }

  /** Returns a size for each dimension: one that is given is for all. */
  static int[] sizes(Layer<?> layer, String argument, int rank, int... given) {
    boolean fits = given.length == 1 || given.length == rank;
    if (!fits || Arrays.stream(given).anyMatch(each -> each < 1)) {
      throw Errors.in(layer.getClass().getSimpleName(), argument + " does not fit.")
          .expected(rank == 1 ? "a positive number" : "one positive number, or " + rank)
          .got(Arrays.toString(given))
          .fix(argument + "(2)")
          .argument();
    }
    int[] sizes = new int[rank];
    for (int i = 0; i < rank; i++) {
      sizes[i] = given[given.length == 1 ? 0 : i];
    }
    return sizes;
  }

  static List<Integer> list(int... sizes) {
    return Arrays.stream(sizes).boxed().toList();
  }

  int rank() {
    return rank;
  }

  int[] strides() {
    return strides.clone();
  }

  void strides(int... values) {
    strides = sizes(layer, "strides", rank, values);
  }

  String padding() {
    return padding;
  }

  void padding(String value, boolean mayBeCausal) {
    List<String> known = mayBeCausal ? List.of("valid", "same", CAUSAL) : List.of("valid", "same");
    String lower = String.valueOf(value).toLowerCase(Locale.ROOT);
    if (!known.contains(lower)) {
      throw Names.unknown("padding", value, known);
    }
    padding = lower;
  }

  boolean isCausal() {
    return padding.equals(CAUSAL);
  }

  /** Returns the padding as TensorFlow calls it; zeros before the input are put there before. */
  String nativePadding() {
    return padding.equals("same") ? "SAME" : "VALID";
  }

  String dataFormat() {
    return dataFormat;
  }

  void dataFormat(String value) {
    dataFormat = DataFormat.get(value);
  }

  void read(Config config, boolean mayBeCausal) {
    if (config.given("strides")) {
      strides(config.integers("strides"));
    }
    config.text("padding", value -> padding(value, mayBeCausal));
    config.text("data_format", this::dataFormat);
  }

  int featuresAxis(Shape shape) {
    return DataFormat.isFirst(dataFormat) ? 1 : shape.numDimensions() - 1;
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

  private void check(Shape shape) {
    String sizes = rank == 1 ? "timesteps" : "rows, columns";
    Arguments.rank(
        layer,
        shape,
        rank + 2,
        DataFormat.isFirst(dataFormat)
            ? "(batch, features, " + sizes + ")"
            : "(batch, " + sizes + ", features)",
        "give samples with " + (rank + 1) + " dimensions");
  }

  /**
   * Returns the shape of what comes out.
   *
   * @param extents how many elements lie between the ends of a kernel
   * @param features how many it has
   */
  Shape outputShape(Shape input, int[] extents, long features) {
    check(input);
    long[] sizes = input.asArray().clone();
    int first = DataFormat.isFirst(dataFormat) ? 2 : 1;
    sizes[featuresAxis(input)] = features;
    for (int i = 0; i < rank; i++) {
      long size = sizes[first + i];
      if (size == Shape.UNKNOWN_SIZE) {
        continue;
      }
      long room = padding.equals("valid") ? size - extents[i] + 1 : size;
      if (room < 1) {
        throw Arguments.wrongShape(
            layer,
            "the input is smaller than what is moved over it.",
            "at least " + extents[i] + " elements along dimension " + (first + i),
            input,
            "padding(\"same\"), or a smaller size");
      }
      sizes[first + i] = (room + strides[i] - 1) / strides[i];
    }
    return Shape.of(sizes);
  }

  /** Returns what goes in as (batch, rows, columns, features). */
  Operand<TFloat32> toImage(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> last =
        DataFormat.isFirst(dataFormat)
            ? tf.linalg.transpose(x, tf.constant(DataFormat.toLast(x.shape())))
            : x;
    return rank == 1 ? tf.expandDims(last, tf.constant(1)) : last;
  }

  /** Returns what came of it in the form of the input. */
  Operand<TFloat32> fromImage(Ops tf, Operand<TFloat32> y) {
    Operand<TFloat32> own = rank == 1 ? tf.squeeze(y, Squeeze.axis(List.of(1L))) : y;
    if (!DataFormat.isFirst(dataFormat)) {
      return own;
    }
    int[] order = rank == 1 ? new int[] {0, 2, 1} : new int[] {0, 3, 1, 2};
    return tf.linalg.transpose(own, tf.constant(order));
  }

  /** Returns sizes for the four dimensions of an image. */
  List<Long> ofImage(int... sizes) {
    return rank == 1 && sizes.length == 1
        ? List.of(1L, 1L, (long) sizes[0], 1L)
        : List.of(1L, (long) sizes[0], (long) sizes[1], 1L);
  }
}
