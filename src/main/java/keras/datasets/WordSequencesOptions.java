package keras.datasets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.random.NumpyRandom;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * The keyword arguments that {@link Imdb} and {@link Reuters} have in common.
 *
 * @param <S> the options themselves
 */
public abstract sealed class WordSequencesOptions<S extends WordSequencesOptions<S>>
    permits ImdbOptions, ReutersOptions {
  static final String WHERE = "loadData";

  private String path;
  private Integer numWords;
  private int skipTop;
  private Integer maxlen;
  private NumpyRandom random = new NumpyRandom(113);
  private Integer startChar = 1;
  private Integer oovChar = 2;
  private int indexFrom = 3;

  WordSequencesOptions(String path) {
    this.path = path;
  }

  abstract S self();

  /**
   * Sets the name of the file in {@code ~/.keras/datasets}.
   *
   * @param name that of the download by default
   * @return this
   */
  public S path(String name) {
    path = Checks.given(WHERE, "path", name);
    return self();
  }

  /**
   * Sets how many words are known; the rarer ones become {@link #oovChar}.
   *
   * @param count 1 or more; all words by default
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public S numWords(int count) {
    numWords = Checks.positive(WHERE, "numWords", count);
    return self();
  }

  /**
   * Sets how many of the most frequent words become {@link #oovChar}.
   *
   * @param count 0 by default
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public S skipTop(int count) {
    skipTop = Checks.notNegative(WHERE, "skipTop", count);
    return self();
  }

  /**
   * Leaves out all texts that are not shorter than this, as Keras does.
   *
   * @param length 1 or more; all texts stay by default
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public S maxlen(int length) {
    maxlen = Checks.positive(WHERE, "maxlen", length);
    return self();
  }

  /**
   * Sets the seed of the shuffle.
   *
   * @param value 113 by default
   * @return this
   * @throws IllegalArgumentException if it is negative or more than 2^32 - 1
   */
  public S seed(long value) {
    random = new NumpyRandom(value);
    return self();
  }

  /**
   * Sets the number that every text begins with.
   *
   * @param value 1 by default; null for none
   * @return this
   */
  public S startChar(Integer value) {
    startChar = value;
    return self();
  }

  /**
   * Sets the number in place of words that are not known.
   *
   * @param value 2 by default; null to leave such words out
   * @return this
   */
  public S oovChar(Integer value) {
    oovChar = value;
    return self();
  }

  /**
   * Sets what is added to the number of a word.
   *
   * @param value 3 by default
   * @return this
   */
  public S indexFrom(int value) {
    indexFrom = value;
    return self();
  }

  String path() {
    return path;
  }

  /** Texts and their classes. */
  record Labelled(List<int[]> texts, FloatNdArray labels) {

    Labelled part(int from, int to) {
      int[] rows = IntStream.range(from, to).toArray();
      return new Labelled(texts.subList(from, to), FloatArrays.gather(labels, rows));
    }

    int size() {
      return texts.size();
    }
  }

  /** Returns the texts that are short enough, shuffled, with their first number. */
  Labelled shuffled(Labelled all) {
    List<int[]> texts = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    for (int row : Houses.order(all.size(), random)) {
      int[] text = begun(all.texts().get(row));
      if (maxlen == null || text.length < maxlen) {
        rows.add(row);
        texts.add(text);
      }
    }
    if (texts.isEmpty()) {
      throw Errors.in(WHERE, "no text is left.")
          .expected("texts that are shorter than maxlen")
          .got("maxlen " + maxlen)
          .fix("increase maxlen")
          .argument();
    }
    int[] kept = rows.stream().mapToInt(Integer::intValue).toArray();
    return new Labelled(texts, FloatArrays.gather(all.labels(), kept));
  }

  private int[] begun(int[] words) {
    int before = startChar == null ? 0 : 1;
    int[] text = new int[before + words.length];
    if (startChar != null) {
      text[0] = startChar;
    }
    for (int i = 0; i < words.length; i++) {
      text[before + i] = words[i] + indexFrom;
    }
    return text;
  }

  /** Returns the texts of all parts with their known words alone. */
  List<List<int[]>> known(List<List<int[]>> parts) {
    int end =
        numWords == null
            // As in Keras: the greatest number itself is not known either.
            ? parts.stream().flatMap(List::stream).flatMapToInt(Arrays::stream).max().orElse(0)
            : numWords;
    return parts.stream()
        .map(texts -> texts.stream().map(text -> known(text, end)).toList())
        .toList();
  }

  private int[] known(int[] text, int end) {
    IntStream numbers = Arrays.stream(text);
    return oovChar == null
        ? numbers.filter(each -> skipTop <= each && each < end).toArray()
        : numbers.map(each -> skipTop <= each && each < end ? each : oovChar).toArray();
  }
}
