package keras.utils;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keras.internal.disk.AtomicFile;
import keras.internal.messages.Checks;
import keras.random.NumpyRandom;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Batches of texts from files, as {@link Utils#textDatasetFromDirectory} gives them. Files are read
 * as they come, as UTF-8.
 *
 * <pre>{@code
 * TextDataset raw = Utils.textDatasetFromDirectory(Path.of("aclImdb/train"));
 * vectorization.adapt(raw.texts());
 * model.fit(raw.map(vectorization::apply), f -> f.epochs(3));
 * }</pre>
 *
 * <p>A model that begins with such a layer, behind an {@code Input} of {@code dtype("string")},
 * takes it as it is: {@code model.fit(raw)}.
 */
public final class TextDataset implements Iterable<TextBatch> {
  private static final long SEEDS_WITHOUT_SEED = 1_000_000;

  private final List<String> classNames;
  private final List<Path> files;
  private final int[] labels;
  private final TextDatasetOptions options;
  private final ShuffleBuffer shuffler;

  TextDataset(Path folder, TextDatasetOptions options) {
    this.options = options;
    TextFolder found = new TextFolder(folder, options);
    classNames = found.classNames();
    int[] order = IntStream.range(0, found.files().size()).toArray();
    long seed =
        options.seed() == null ? NumpyRandom.shared().randint(SEEDS_WITHOUT_SEED) : options.seed();
    if (options.shuffles()) {
      new NumpyRandom(seed).shuffle(order);
    }
    int[] rows = found.subset(order);
    files = Arrays.stream(rows).mapToObj(found.files()::get).toList();
    labels = options.hasLabels() ? Arrays.stream(rows).map(found::label).toArray() : null;
    shuffler = options.shuffles() ? new ShuffleBuffer(8 * options.batchSize(), seed) : null;
  }

  /**
   * Returns the names of the classes in the order of their labels. Keras: {@code
   * dataset.class_names}.
   *
   * @return names of folders; the labels themselves where they were given; none without labels
   */
  public List<String> classNames() {
    return classNames;
  }

  /** {@return how many batches there are} */
  public int length() {
    int size = options.batchSize();
    return files.size() / size + (files.size() % size == 0 ? 0 : 1);
  }

  /**
   * Returns the texts alone, for a layer's {@code adapt}. Python: {@code dataset.map(lambda x, y:
   * x)}.
   *
   * @return batches of texts
   */
  public Iterable<List<String>> texts() {
    return () -> batches().map(TextBatch::texts).iterator();
  }

  /**
   * Makes arrays of the texts. Python: {@code dataset.map(lambda x, y: (vectorization(x), y))}.
   *
   * @param function from some texts to one row each: {@code vectorization::apply}
   * @return what {@code fit} takes
   */
  public Dataset map(Function<? super List<String>, FloatNdArray> function) {
    Checks.notNull("TextDataset.map", "function", function);
    return Dataset.of(
        length(),
        () ->
            batches()
                .map(batch -> Batch.of(function.apply(batch.texts()), batch.labels()))
                .iterator());
  }

  @Override
  public Iterator<TextBatch> iterator() {
    return batches().iterator();
  }

  private Stream<TextBatch> batches() {
    Iterator<Integer> inOrder = IntStream.range(0, files.size()).iterator();
    Iterator<Integer> order = shuffler == null ? inOrder : shuffler.shuffle(inOrder);
    int size = options.batchSize();
    return IntStream.range(0, length())
        .mapToObj(
            i ->
                IntStream.range(i * size, Math.min((i + 1) * size, files.size()))
                    .map(any -> order.next())
                    .toArray())
        .map(this::batch);
  }

  private TextBatch batch(int[] rows) {
    List<String> texts = Arrays.stream(rows).mapToObj(files::get).map(this::text).toList();
    return new TextBatch(texts, labels == null ? null : labels(rows));
  }

  private String text(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      Integer most = options.maxLength();
      int length = most == null ? bytes.length : Math.min(most, bytes.length);
      return new String(bytes, 0, length, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw AtomicFile.unreadable(file, e);
    }
  }

  private FloatNdArray labels(int[] rows) {
    int[] chosen = Arrays.stream(rows).map(row -> labels[row]).toArray();
    if (options.labelMode().equals("categorical")) {
      return new OneHot(chosen).encode(classNames.size());
    }
    float[] values = new float[chosen.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = chosen[i];
    }
    return options.labelMode().equals("binary")
        ? FloatArrays.wrap(values, values.length, 1)
        : FloatArrays.wrap(values, values.length);
  }
}
