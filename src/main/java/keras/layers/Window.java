package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/** How kernels and pools move over sequences, images and volumes. */
final class Window {

  private static final String CAUSAL = "causal";

  private final Layer<?> layer;
  private final int rank;
  private int[] strides;
  private String padding = "valid";
  private final DataFormat format;

  /**
   * @param layer whose, for messages
   * @param rank 1 for sequences, 2 for images, 3 for volumes
   */
  Window(Layer<?> layer, int rank) {
    this.layer = layer;
    this.rank = rank;
    this.strides = sizes(layer, "strides", rank, 1);
    this.format = new DataFormat(layer, rank);
  }

  /** No sequence or image is longer than this in any window; products of sizes stay numbers. */
  private static final int LARGEST = 1 << 24;

  /** Returns a size for each dimension: one that is given is for all. */
  static int[] sizes(Layer<?> layer, String argument, int rank, int... given) {
    Checks.notNull(layer.getClass().getSimpleName(), argument, given);
    boolean fits = given.length == 1 || given.length == rank;
    if (!fits || Arrays.stream(given).anyMatch(each -> each < 1 || each > LARGEST)) {
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

  DataFormat format() {
    return format;
  }

  void read(Config config, boolean mayBeCausal) {
    if (config.given("strides")) {
      strides(config.integers("strides"));
    }
    config.text("padding", value -> padding(value, mayBeCausal));
    config.text("data_format", format::set);
  }

  /**
   * Returns the shape of what comes out.
   *
   * @param extents how many elements lie between the ends of a kernel
   * @param features how many it has
   */
  Shape outputShape(Shape input, int[] extents, long features) {
    long[] sizes = format.check(input).asArray().clone();
    int first = format.firstAxis();
    sizes[format.featuresAxis(input)] = features;
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

  /** Returns sizes for all dimensions, the features being last. */
  static List<Long> ofAll(int... sizes) {
    List<Long> all = new ArrayList<>(List.of(1L));
    Arrays.stream(sizes).forEach(size -> all.add((long) size));
    all.add(1L);
    return all;
  }
}
