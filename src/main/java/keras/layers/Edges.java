package keras.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.internal.messages.Errors;
import keras.utils.Config;

/**
 * A layer that changes the edges of images or volumes: how much at the two ends of each dimension.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
abstract class Edges<S extends Edges<S>> extends KerasLayer<S> {

  private final String argument;
  private final DataFormat format;
  private int[][] ends;

  /**
   * A layer that does the same at all edges.
   *
   * @param argument what Keras calls the sizes
   * @param rank 2 for images, 3 for volumes
   * @param size at each edge
   */
  Edges(String argument, int rank, int size) {
    this.argument = argument;
    this.format = new DataFormat(this, rank);
    this.ends = same(rank, size);
  }

  private static int[][] same(int rank, int size) {
    int[][] ends = new int[rank][2];
    Arrays.stream(ends).forEach(each -> Arrays.fill(each, size));
    return ends;
  }

  /**
   * Sets which dimension holds the features.
   *
   * @param value {@code "channels_last"} (the default) or {@code "channels_first"}
   * @return this layer
   * @throws IllegalArgumentException if it is neither
   */
  public S dataFormat(String value) {
    checkNotFrozen("dataFormat");
    format.set(value);
    return self();
  }

  final S ends(int... sizes) {
    int[][] both = same(format.rank(), sizes.length == 1 ? sizes[0] : 0);
    if (sizes.length != 1) {
      check(sizes.length == format.rank(), Arrays.toString(sizes));
      for (int i = 0; i < sizes.length; i++) {
        Arrays.fill(both[i], sizes[i]);
      }
    }
    return ends(both);
  }

  final S ends(int[]... sizes) {
    checkNotFrozen(argument);
    boolean fits =
        sizes.length == format.rank()
            && Arrays.stream(sizes)
                .allMatch(each -> each.length == 2 && each[0] >= 0 && each[1] >= 0);
    check(fits, Arrays.deepToString(sizes));
    ends = Arrays.stream(sizes).map(int[]::clone).toArray(int[][]::new);
    return self();
  }

  private void check(boolean fits, String got) {
    if (!fits) {
      throw Errors.in(getClass().getSimpleName(), argument + " does not fit.")
          .expected(
              "one number, one for each of "
                  + format.rank()
                  + " dimensions, or two for each, none negative")
          .got(got)
          .fix(argument + "(1)")
          .argument();
    }
  }

  final DataFormat format() {
    return format;
  }

  /** Returns the sizes at the two ends of each dimension that is neither batch nor features. */
  final int[][] ends() {
    return ends.clone();
  }

  final S edgesFrom(Config config) {
    if (config.given(argument)) {
      if (config.value(argument) instanceof List<?> list
          && list.stream().anyMatch(List.class::isInstance)) {
        ends(list.stream().map(each -> pair(config, each)).toArray(int[][]::new));
      } else {
        ends(config.integers(argument));
      }
    }
    config.text("data_format", this::dataFormat);
    return self();
  }

  private int[] pair(Config config, Object element) {
    List<?> pair = element instanceof List<?> list ? list : List.of(element, element);
    if (pair.size() != 2 || !pair.stream().allMatch(Integer.class::isInstance)) {
      throw config.wrong(argument, "pairs of whole numbers");
    }
    return pair.stream().mapToInt(Integer.class::cast).toArray();
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put(argument, Arrays.stream(ends).map(Window::list).toList());
    config.put("data_format", format.name());
    return config;
  }
}
