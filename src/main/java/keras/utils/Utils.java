package keras.utils;

import java.util.function.Consumer;
import keras.internal.messages.Checks;
import keras.internal.naming.AutoNames;
import keras.random.GlobalSeed;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * The functions of Keras's module {@code keras.utils}.
 *
 * <p>Data may be anything that {@link FloatArrays#of} takes: Java arrays of any rank and number
 * type and {@code NdArray}s.
 */
public final class Utils {
  private Utils() {}

  /**
   * Makes the process repeatable, {@code keras.utils.set_random_seed}: seeds Python's, NumPy's and
   * TensorFlow's generators and forgets the global seed generator.
   *
   * @param seed 0 to 2^32 - 1
   * @throws IllegalArgumentException if it is out of that range
   */
  public static void setRandomSeed(long seed) {
    GlobalSeed.set(seed);
  }

  /**
   * Forgets what the process has counted, {@code keras.utils.clear_session}: layers are named from
   * the beginning again ({@code dense}, {@code dense_1}, ...), and so are seed generators; the
   * global seed generator and the seed of {@link #setRandomSeed} are forgotten, while the random
   * generators go on where they are. Models stay as they are, each until its {@code close()}.
   */
  public static void clearSession() {
    GlobalSeed.clear();
    AutoNames.reset();
  }

  /**
   * Turns class numbers into one-hot vectors, as many as the greatest number needs; {@code
   * keras.utils.to_categorical(x)}.
   *
   * @param x class numbers from 0, of shape {@code (...)} or {@code (..., 1)}
   * @return shape {@code (..., numClasses)}
   * @throws IllegalArgumentException if a number is negative, or if there are none
   */
  public static FloatNdArray toCategorical(Object x) {
    return new OneHot(x).encode();
  }

  /**
   * Turns class numbers into one-hot vectors, {@code keras.utils.to_categorical(x, num_classes)}.
   *
   * <p>Porting note: negative numbers are refused; Keras counts them from the last class.
   *
   * @param x class numbers from 0 to {@code numClasses - 1}, of shape {@code (...)} or {@code (...,
   *     1)}; cut off to whole numbers
   * @param numClasses how many classes there are, 1 or more
   * @return shape {@code (..., numClasses)}
   * @throws IllegalArgumentException if a number is out of range
   */
  public static FloatNdArray toCategorical(Object x, int numClasses) {
    return new OneHot(x).encode(Checks.positive("toCategorical", "numClasses", numClasses));
  }

  /**
   * Brings sequences to the length of the longest, with zeros before their values; {@code
   * keras.utils.pad_sequences(sequences)}.
   *
   * @param sequences several sequences: an {@code int[][]}, {@code float[][][]} or the like, not
   *     all rows equally long; or a {@code List} of arrays or of lists of numbers
   * @return shape {@code (sequences, longest, ...)}
   */
  public static FloatNdArray padSequences(Object sequences) {
    return padSequences(sequences, options -> {});
  }

  /**
   * Brings sequences to one length, {@code keras.utils.pad_sequences}.
   *
   * <pre>{@code
   * padSequences(sequences, o -> o.maxlen(5).padding("post").truncating("post").value(-1))
   * }</pre>
   *
   * @param sequences several sequences: an {@code int[][]}, {@code float[][][]} or the like, not
   *     all rows equally long; or a {@code List} of arrays or of lists of numbers
   * @param options maxlen, dtype, padding, truncating, value
   * @return shape {@code (sequences, maxlen, ...)}
   * @throws IllegalArgumentException if these are no sequences, or if their steps have different
   *     shapes
   */
  public static FloatNdArray padSequences(Object sequences, Consumer<PadSequencesOptions> options) {
    PadSequencesOptions chosen = new PadSequencesOptions();
    Checks.notNull("Utils.padSequences", "options", options);
    options.accept(chosen);
    return new PadSequences(sequences, chosen).pad();
  }

  /**
   * Divides by the Euclidean norm along the last axis, {@code keras.utils.normalize(x)}.
   *
   * @param x an array of rank 1 or more
   * @return the shape of x; {@code (1, n)} for a vector, as in Keras
   */
  public static FloatNdArray normalize(Object x) {
    return normalize(x, -1, 2);
  }

  /**
   * Divides by the norm along an axis, {@code keras.utils.normalize(x, axis, order)}; where the
   * norm is 0, the values stay.
   *
   * <p>Porting note: along axis 0, Keras divides an array of NumPy's by the norms of the wrong
   * places, or fails; here it is divided by the norms along axis 0, as Keras divides a tensor.
   *
   * @param x an array of rank 1 or more
   * @param axis the axis, from 0, or from -1 for the last one backwards
   * @param order which norm: 2 the Euclidean, 1 the sum of magnitudes, {@code
   *     Double.POSITIVE_INFINITY} the greatest magnitude, or any other that NumPy knows
   * @return the shape of x; {@code (1, n)} for a vector, as in Keras
   * @throws IllegalArgumentException if there is no such axis
   */
  public static FloatNdArray normalize(Object x, int axis, double order) {
    return new Norm(order).normalize(FloatArrays.of(x, "normalize"), axis);
  }

  /**
   * Batches of sliding windows over a time series, {@code
   * keras.utils.timeseries_dataset_from_array} with its defaults.
   *
   * @param data the series, {@code (steps, ...)}
   * @param targets {@code targets[i]} is the target of the window that begins at {@code data[i]};
   *     null for none
   * @param sequenceLength how many steps a window has
   * @return batches of x {@code (batch, sequenceLength, ...)} and y {@code (batch, ...)}
   */
  public static Batches timeseriesDatasetFromArray(
      Object data, Object targets, int sequenceLength) {
    return timeseriesDatasetFromArray(data, targets, sequenceLength, options -> {});
  }

  /**
   * Batches of sliding windows over a time series, {@code
   * keras.utils.timeseries_dataset_from_array}.
   *
   * <pre>{@code
   * timeseriesDatasetFromArray(data, targets, 10, o -> o.samplingRate(2).batchSize(32))
   * }</pre>
   *
   * @param data the series, {@code (steps, ...)}
   * @param targets {@code targets[i]} is the target of the window that begins at {@code data[i]};
   *     null for none
   * @param sequenceLength how many steps a window has
   * @param options sequenceStride, samplingRate, batchSize, shuffle, seed, startIndex, endIndex
   * @return batches of x {@code (batch, sequenceLength, ...)} and y {@code (batch, ...)}; none if
   *     the data are too short for a window, as in Keras
   * @throws IllegalArgumentException if an option does not suit the data
   */
  public static Batches timeseriesDatasetFromArray(
      Object data, Object targets, int sequenceLength, Consumer<TimeseriesDatasetOptions> options) {
    TimeseriesDatasetOptions chosen = new TimeseriesDatasetOptions();
    Checks.notNull("Utils.timeseriesDatasetFromArray", "options", options);
    options.accept(chosen);
    return new TimeseriesDataset(data, targets, sequenceLength, chosen);
  }
}
