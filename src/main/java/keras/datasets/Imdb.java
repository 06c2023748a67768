package keras.datasets;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import keras.datasets.WordSequencesOptions.Labelled;
import keras.internal.messages.Checks;

/**
 * 50,000 reviews of films, half of them in praise: {@code keras.datasets.imdb}.
 *
 * <pre>{@code
 * WordSequences data = Imdb.loadData(o -> o.numWords(20_000));
 * FloatNdArray x = Utils.padSequences(data.xTrain(), o -> o.maxlen(80));
 * }</pre>
 *
 * <p>Words are numbered by how frequent they are. 0 is left for padding, 1 begins a text, 2 stands
 * for words that are not known. From Stanford's <a
 * href="https://ai.stanford.edu/~amaas/data/sentiment/">Large Movie Review Dataset</a>.
 */
public final class Imdb {
  static final String FILE = "imdb.npz";

  private static final String HASH =
      "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f";
  private static final String WORDS = "imdb_word_index.json";
  private static final String WORDS_HASH = "bfafd718b763782e994055a2d397834f";

  private Imdb() {}

  /**
   * Loads the data with Keras's defaults: {@code keras.datasets.imdb.load_data()}.
   *
   * @return 25,000 reviews to train on and 25,000 to test with; 1 for praise, 0 for the contrary
   * @throws java.io.UncheckedIOException if they are not in {@code ~/.keras/datasets} and cannot be
   *     downloaded; the message says where to put the file
   */
  public static WordSequences loadData() {
    return loadData(options -> {});
  }

  /**
   * Loads the data: {@code keras.datasets.imdb.load_data}. The same seed gives Keras's order.
   *
   * @param options path, numWords, skipTop, maxlen, seed, startChar, oovChar, indexFrom
   * @return reviews to train on and to test with; 1 for praise, 0 for the contrary
   * @throws IllegalArgumentException if no text is short enough
   * @throws java.io.UncheckedIOException if they are not in {@code ~/.keras/datasets} and cannot be
   *     downloaded; the message says where to put the file
   */
  public static WordSequences loadData(Consumer<ImdbOptions> options) {
    ImdbOptions chosen = Checks.set("Imdb.loadData", new ImdbOptions(), options);
    return load(DatasetFile.get(FILE, chosen.path(), HASH), chosen);
  }

  static WordSequences load(Path path, ImdbOptions options) {
    TextFile file = new TextFile(path);
    Labelled train = options.shuffled(file.labelled("x_train", "y_train"));
    Labelled test = options.shuffled(file.labelled("x_test", "y_test"));
    return TextFile.known(train, test, options);
  }

  /**
   * Loads the numbers of the words, without what {@code indexFrom} adds: {@code
   * keras.datasets.imdb.get_word_index()}.
   *
   * @return the numbers by word
   * @throws java.io.UncheckedIOException if they are not in {@code ~/.keras/datasets} and cannot be
   *     downloaded; the message says where to put the file
   */
  public static Map<String, Integer> getWordIndex() {
    return WordIndex.read(DatasetFile.get(WORDS, WORDS, WORDS_HASH));
  }
}
