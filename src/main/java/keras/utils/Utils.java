package keras.utils;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.naming.AutoNames;
import keras.random.GlobalSeed;
import keras.random.PythonRandom;
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
   * Parts rows into some to train on and some to test with, a quarter drawn at random. Python:
   * {@code sklearn.model_selection.train_test_split(x, y)}.
   *
   * @param x inputs, one row a sample
   * @param y targets, as many rows
   * @return the parts
   * @throws IllegalArgumentException if there are too few rows, or not as many in both
   */
  public static TrainTestSplit trainTestSplit(Object x, Object y) {
    return trainTestSplit(x, y, options -> {});
  }

  /**
   * Parts rows into some to train on and some to test with. Python: {@code
   * sklearn.model_selection.train_test_split(x, y, test_size=..., random_state=...)}; the same seed
   * draws the same rows.
   *
   * <p>Porting note: {@code train_size} is what is left.
   *
   * @param x inputs, one row a sample
   * @param y targets, as many rows
   * @param options test size, seed, whether to draw, and by which classes
   * @return the parts
   * @throws IllegalArgumentException if there are too few rows, or not as many in both
   */
  public static TrainTestSplit trainTestSplit(
      Object x, Object y, Consumer<TrainTestSplitOptions> options) {
    TrainTestSplitOptions chosen = new TrainTestSplitOptions();
    Checks.notNull(TrainTestSplitOptions.WHERE, "options", options);
    options.accept(chosen);
    FloatNdArray inputs = FloatArrays.of(x, TrainTestSplitOptions.WHERE + ": x");
    FloatNdArray targets = FloatArrays.of(y, TrainTestSplitOptions.WHERE + ": y");
    int rows = inputs.rank() == 0 ? 1 : (int) inputs.shape().get(0);
    if (targets.rank() == 0 || targets.shape().get(0) != rows) {
      throw Errors.in(TrainTestSplitOptions.WHERE, "x and y have different numbers of rows.")
          .expected("one target for each input")
          .got(
              Errors.shape(FloatArrays.shape(inputs))
                  + " and "
                  + Errors.shape(FloatArrays.shape(targets)))
          .fix("give the targets of all inputs, and no others")
          .argument();
    }
    List<int[]> parts = chosen.parts(rows);
    int[] train = parts.get(0);
    int[] tested = parts.get(1);
    return new TrainTestSplit(
        FloatArrays.gather(inputs, train),
        FloatArrays.gather(inputs, tested),
        FloatArrays.gather(targets, train),
        FloatArrays.gather(targets, tested));
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
  public static Dataset timeseriesDatasetFromArray(
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
  public static Dataset timeseriesDatasetFromArray(
      Object data, Object targets, int sequenceLength, Consumer<TimeseriesDatasetOptions> options) {
    TimeseriesDatasetOptions chosen = new TimeseriesDatasetOptions();
    Checks.notNull("Utils.timeseriesDatasetFromArray", "options", options);
    options.accept(chosen);
    return Dataset.of(new TimeseriesDataset(data, targets, sequenceLength, chosen));
  }

  /**
   * Returns a file of the cache, downloaded if it is not there: {@code keras.utils.get_file(origin
   * = origin)}.
   *
   * @param origin the file's address, which begins with {@code https:}, {@code http:} or {@code
   *     file:}
   * @return the file, {@code ~/.keras/datasets/} and the last part of the address
   * @throws IllegalArgumentException if the address is none
   * @throws java.io.UncheckedIOException if it cannot be downloaded or written; nothing is left
   *     half-written
   */
  public static Path getFile(String origin) {
    return getFile(origin, options -> {});
  }

  /**
   * Returns a file of the cache, downloaded if it is not there: {@code keras.utils.get_file}.
   *
   * <pre>{@code
   * Path folder = Utils.getFile(address, o -> o.fname("reviews.zip").fileHash(sha256).extract(true));
   * }</pre>
   *
   * <p>What comes from the network is a stranger's: give its hash, which is checked before the file
   * is put in its place. A proxy is what Java's system properties name, {@code https.proxyHost}.
   *
   * @param origin the file's address, which begins with {@code https:}, {@code http:} or {@code
   *     file:}
   * @param options fname, fileHash, extract, cacheDir, cacheSubdir, forceDownload, hashAlgorithm
   * @return the file, or the folder that it was extracted into
   * @throws IllegalArgumentException if the address is none, or the file no archive
   * @throws IllegalStateException if what was downloaded has another hash
   * @throws java.io.UncheckedIOException if it cannot be downloaded or written; nothing is left
   *     half-written
   */
  public static Path getFile(String origin, Consumer<GetFileOptions> options) {
    GetFileOptions chosen = Checks.set(GetFileOptions.WHERE, new GetFileOptions(), options);
    return new GetFile(Checks.given(GetFileOptions.WHERE, "origin", origin), chosen).get();
  }

  /**
   * Parts arrays into samples on the left and on the right: {@code keras.utils.split_dataset((x,
   * y), ...)}.
   *
   * @param x inputs: an array, or a list or map of them, {@code (samples, ...)}
   * @param y targets, as many; null for none
   * @param options leftSize, rightSize, shuffle, seed
   * @return samples, not in batches yet
   * @throws IllegalArgumentException if no size is given, or a side is empty
   */
  public static DatasetSplit splitDataset(
      Object x, Object y, Consumer<SplitDatasetOptions> options) {
    return splitDataset(Dataset.fromTensorSlices(x, y), options);
  }

  /**
   * Parts a dataset, which is gone through once: {@code keras.utils.split_dataset}. Both parts come
   * in batches if the dataset does.
   *
   * @param dataset samples or batches
   * @param options leftSize, rightSize, shuffle, seed
   * @return the parts
   * @throws IllegalArgumentException if no size is given, or a side is empty
   */
  public static DatasetSplit splitDataset(Dataset dataset, Consumer<SplitDatasetOptions> options) {
    SplitDatasetOptions chosen =
        Checks.set(SplitDatasetOptions.WHERE, new SplitDatasetOptions(), options);
    List<Batch> samples = Checks.given(SplitDatasetOptions.WHERE, "dataset", dataset).samples();
    int[] order = new int[samples.size()];
    Arrays.setAll(order, i -> i);
    if (chosen.shuffles()) {
      Long seed = chosen.seed();
      // Keras draws a seed, and leaves the generator that all share at it.
      PythonRandom random = PythonRandom.shared();
      random.seed(seed == null ? random.randint(0, 1_000_000) : seed);
      random.shuffle(order);
    }
    int[] sizes = chosen.sizes(order.length);
    return new DatasetSplit(
        part(dataset, samples, Arrays.copyOf(order, sizes[0])),
        part(dataset, samples, Arrays.copyOfRange(order, order.length - sizes[1], order.length)));
  }

  private static Dataset part(Dataset whole, List<Batch> samples, int[] rows) {
    List<Batch> chosen = Arrays.stream(rows).mapToObj(samples::get).toList();
    Dataset part = Dataset.of(chosen.size(), chosen::iterator);
    return whole.batchSize() == null ? part : part.batch(whole.batchSize());
  }

  /**
   * Batches of texts from files, whose folders are their classes, with Keras's defaults: {@code
   * keras.utils.text_dataset_from_directory(directory)}.
   *
   * @param directory a folder with a folder of {@code .txt} files for each class
   * @return batches of 32 texts and labels
   * @throws IllegalArgumentException if there are no texts
   */
  public static TextDataset textDatasetFromDirectory(Path directory) {
    return textDatasetFromDirectory(directory, options -> {});
  }

  /**
   * Batches of texts from files: {@code keras.utils.text_dataset_from_directory}. The same seed
   * gives Keras's order.
   *
   * <p>Porting note: in place of {@code subset="both"}, call it twice with the same seed.
   *
   * @param directory a folder with a folder of {@code .txt} files for each class
   * @param options labels, labelMode, classNames, batchSize, maxLength, shuffle, seed,
   *     validationSplit, subset, verbose
   * @return batches of texts and labels
   * @throws IllegalArgumentException if there are no texts, or labels and classes do not fit
   */
  public static TextDataset textDatasetFromDirectory(
      Path directory, Consumer<TextDatasetOptions> options) {
    Checks.notNull(TextDatasetOptions.WHERE, "directory", directory);
    return new TextDataset(
        directory,
        Checks.set(TextDatasetOptions.WHERE, new TextDatasetOptions(), options).checked());
  }
}
