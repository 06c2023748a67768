package keras.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import keras.datasets.WordSequencesOptions.Labelled;
import keras.internal.messages.Checks;

/**
 * 11,228 newswires of Reuters about 46 topics: {@code keras.datasets.reuters}. Words are numbered
 * as in {@link Imdb}.
 */
public final class Reuters {
  static final String FILE = "reuters.npz";

  private static final String HASH =
      "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916";
  private static final String WORDS = "reuters_word_index.json";
  private static final String WORDS_HASH = "4d44cc38712099c9e383dc6e5f11a921";
  private static final String LABELS =
      """
      cocoa grain veg-oil earn acq wheat copper housing
      money-supply coffee sugar trade reserves ship cotton carcass
      crude nat-gas cpi money-fx interest gnp meal-feed alum
      oilseed gold tin strategic-metal livestock retail ipi iron-steel
      rubber heat jobs lei bop zinc orange pet-chem
      dlr gas silver wpi hog lead
      """;

  private Reuters() {}

  /**
   * Loads the data with Keras's defaults: {@code keras.datasets.reuters.load_data()}.
   *
   * @return four fifths of the newswires to train on and one to test with; their topics, 0 to 45
   * @throws java.io.UncheckedIOException if they are not in {@code ~/.keras/datasets} and cannot be
   *     downloaded; the message says where to put the file
   */
  public static WordSequences loadData() {
    return loadData(options -> {});
  }

  /**
   * Loads the data: {@code keras.datasets.reuters.load_data}. The same seed gives Keras's order.
   *
   * @param options path, numWords, skipTop, maxlen, testSplit, seed, startChar, oovChar, indexFrom
   * @return newswires to train on and to test with; their topics, 0 to 45
   * @throws IllegalArgumentException if no text is short enough
   * @throws java.io.UncheckedIOException if they are not in {@code ~/.keras/datasets} and cannot be
   *     downloaded; the message says where to put the file
   */
  public static WordSequences loadData(Consumer<ReutersOptions> options) {
    ReutersOptions chosen = Checks.set("Reuters.loadData", new ReutersOptions(), options);
    return load(DatasetFile.get(FILE, chosen.path(), HASH), chosen);
  }

  static WordSequences load(Path path, ReutersOptions options) {
    Labelled all = options.shuffled(new TextFile(path).labelled("x", "y"));
    int train = options.trained(all.size());
    return TextFile.known(all.part(0, train), all.part(train, all.size()), options);
  }

  /**
   * Loads the numbers of the words, without what {@code indexFrom} adds: {@code
   * keras.datasets.reuters.get_word_index()}.
   *
   * @return the numbers by word
   * @throws java.io.UncheckedIOException if they are not in {@code ~/.keras/datasets} and cannot be
   *     downloaded; the message says where to put the file
   */
  public static Map<String, Integer> getWordIndex() {
    return WordIndex.read(DatasetFile.get(WORDS, WORDS, WORDS_HASH));
  }

  /**
   * Returns the names of the topics in the order of their numbers: {@code
   * keras.datasets.reuters.get_label_names()}.
   *
   * @return 46 names
   */
  public static List<String> getLabelNames() {
    return List.of(LABELS.split("\\s+"));
  }
}
