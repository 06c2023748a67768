package keras.layers;

import java.util.List;
import java.util.Locale;
import keras.internal.messages.Names;
import org.tensorflow.ndarray.Shape;

/** Which dimension of an input holds its channels. */
final class DataFormat {

  static final String CHANNELS_LAST = "channels_last";
  private static final String CHANNELS_FIRST = "channels_first";

  private DataFormat() {}

  /** Returns a data format by its name; null for the default. */
  static String get(String name) {
    if (name == null) {
      return CHANNELS_LAST;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.equals(CHANNELS_LAST) && !lower.equals(CHANNELS_FIRST)) {
      throw Names.unknown("data format", name, List.of(CHANNELS_LAST, CHANNELS_FIRST));
    }
    return lower;
  }

  static boolean isFirst(String format) {
    return format.equals(CHANNELS_FIRST);
  }

  /** Returns the order of dimensions that moves the channels from the second place to the last. */
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
