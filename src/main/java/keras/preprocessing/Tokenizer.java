package keras.preprocessing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import keras.internal.config.Json;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Numbers the words of texts, the most frequent first: Keras's {@code
 * keras.preprocessing.text.Tokenizer}. Numbers begin at 1; 0 is left for padding.
 *
 * <pre>{@code
 * Tokenizer tokenizer = new Tokenizer().numWords(1000).oovToken("<unk>");
 * tokenizer.fitOnTexts(texts);
 * FloatNdArray x = Utils.padSequences(tokenizer.textsToSequences(texts), p -> p.maxlen(20));
 * }</pre>
 *
 * <p>Python deprecates it in favour of the layer {@code TextVectorization}, which is here too and
 * travels with the model. Not safe for use by several threads while it is fitted.
 */
public final class Tokenizer {
  /** The characters that count as gaps between words by default. */
  public static final String FILTERS = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n";

  private static final String WHERE = "Tokenizer";

  private Integer numWords;
  private String filters = FILTERS;
  private boolean lower = true;
  private String split = " ";
  private boolean charLevel;
  private String oovToken;
  private Function<String, List<String>> analyzer;

  private int documentCount;
  private final Map<String, Integer> wordCounts = new LinkedHashMap<>();
  private final Map<String, Integer> wordDocs = new LinkedHashMap<>();
  private final Map<Integer, Integer> indexDocs = new LinkedHashMap<>();
  private final Map<String, Integer> wordIndex = new LinkedHashMap<>();
  private final Map<Integer, String> indexWord = new LinkedHashMap<>();

  /** A tokenizer that has seen no text yet. */
  public Tokenizer() {}

  /**
   * Sets how many words are kept in sequences and matrices, 0 for padding counted; all by default.
   * All words are counted and numbered nevertheless, as in Keras.
   *
   * @param value 1 or more
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public Tokenizer numWords(int value) {
    numWords = Checks.positive(WHERE, "numWords", value);
    return this;
  }

  /**
   * Sets the characters that become gaps between words; {@link #FILTERS} by default.
   *
   * @param value each character counts by itself
   * @return this
   */
  public Tokenizer filters(String value) {
    filters = Checks.given(WHERE, "filters", value);
    return this;
  }

  /**
   * Sets whether texts are made lower case; true by default.
   *
   * @param value false to keep upper case
   * @return this
   */
  public Tokenizer lower(boolean value) {
    lower = value;
    return this;
  }

  /**
   * Sets what stands between words; a space by default.
   *
   * @param value one character or more
   * @return this
   * @throws IllegalArgumentException if it is empty
   */
  public Tokenizer split(String value) {
    split = checkedSplit(value);
    return this;
  }

  /**
   * Sets whether every character is a word; false by default.
   *
   * @param value true for characters
   * @return this
   */
  public Tokenizer charLevel(boolean value) {
    charLevel = value;
    return this;
  }

  /**
   * Sets a word that stands for all that are not kept, with the number 1; by default such words are
   * left out.
   *
   * @param value for example {@code "<unk>"}, or null for none
   * @return this
   */
  public Tokenizer oovToken(String value) {
    oovToken = value;
    return this;
  }

  /**
   * Sets what takes a text apart in place of {@link #textToWordSequence}.
   *
   * @param value gives the words of a text; null for the default
   * @return this
   */
  public Tokenizer analyzer(Function<String, List<String>> value) {
    analyzer = value;
    return this;
  }

  private static String checkedSplit(String value) {
    if (Checks.given(WHERE, "split", value).isEmpty()) {
      throw Errors.in(WHERE, "split is empty.")
          .expected("one character or more")
          .got("none")
          .fix("split(\" \"), or charLevel(true) for single characters")
          .argument();
    }
    return value;
  }

  /**
   * Takes a text apart into lower-case words. Keras: {@code
   * keras.preprocessing.text.text_to_word_sequence(text)}.
   *
   * @param text any text
   * @return its words, none of them empty
   */
  public static List<String> textToWordSequence(String text) {
    return textToWordSequence(text, FILTERS, true, " ");
  }

  /**
   * Takes a text apart into words. Keras: {@code text_to_word_sequence(text, filters, lower,
   * split)}.
   *
   * @param text any text
   * @param filters characters that become gaps
   * @param lower whether to make the text lower case before
   * @param split what stands between words
   * @return the words, none of them empty
   * @throws IllegalArgumentException if split is empty
   */
  public static List<String> textToWordSequence(
      String text, String filters, boolean lower, String split) {
    Checks.notNull("textToWordSequence", "text", text);
    Checks.notNull("textToWordSequence", "filters", filters);
    String gap = checkedSplit(split);
    StringBuilder parted = new StringBuilder();
    lowered(text, lower)
        .codePoints()
        .forEach(
            each -> {
              if (filters.indexOf(each) >= 0) {
                parted.append(gap);
              } else {
                parted.appendCodePoint(each);
              }
            });
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int at = parted.indexOf(gap); at >= 0; at = parted.indexOf(gap, from)) {
      addWord(words, parted.substring(from, at));
      from = at + gap.length();
    }
    addWord(words, parted.substring(from));
    return words;
  }

  private static void addWord(List<String> words, String word) {
    if (!word.isEmpty()) {
      words.add(word);
    }
  }

  private static String lowered(String text, boolean lower) {
    return lower ? text.toLowerCase(Locale.ROOT) : text;
  }

  private List<String> words(String text) {
    Checks.notNull(WHERE, "text", text);
    if (charLevel) {
      return lowered(text, lower).codePoints().mapToObj(Character::toString).toList();
    }
    return analyzer == null
        ? textToWordSequence(text, filters, lower, split)
        : Checks.given(WHERE, "what the analyzer gives", analyzer.apply(text));
  }

  /**
   * Counts the words of texts and numbers them. May be called again with further texts.
   *
   * @param texts one document each
   */
  public void fitOnTexts(Iterable<String> texts) {
    for (String text : Checks.given(WHERE, "texts", texts)) {
      List<String> words = words(text);
      documentCount++;
      words.forEach(word -> wordCounts.merge(word, 1, Integer::sum));
      new LinkedHashSet<>(words).forEach(word -> wordDocs.merge(word, 1, Integer::sum));
    }
    List<String> sorted = new ArrayList<>(wordCounts.keySet());
    sorted.sort(Comparator.comparing(wordCounts::get).reversed());
    wordIndex.clear();
    indexWord.clear();
    if (oovToken != null) {
      wordIndex.put(oovToken, 1);
    }
    int next = wordIndex.size();
    for (String word : sorted) {
      wordIndex.put(word, ++next);
    }
    wordIndex.forEach((word, index) -> indexWord.put(index, word));
    wordDocs.forEach((word, count) -> indexDocs.put(wordIndex.get(word), count));
  }

  /**
   * Counts in how many sequences each number is, for {@code tfidf} of texts that come as numbers.
   *
   * @param sequences one document each
   */
  public void fitOnSequences(List<int[]> sequences) {
    documentCount += Checks.given(WHERE, "sequences", sequences).size();
    for (int[] sequence : sequences) {
      Arrays.stream(Checks.given(WHERE, "a sequence", sequence))
          .distinct()
          .forEach(index -> indexDocs.merge(index, 1, Integer::sum));
    }
  }

  /**
   * Returns the numbers of the words of texts.
   *
   * @param texts one document each
   * @return a sequence for each, as long as the words that are kept
   */
  public List<int[]> textsToSequences(Iterable<String> texts) {
    Integer oov = oovToken == null ? null : wordIndex.get(oovToken);
    List<int[]> sequences = new ArrayList<>();
    for (String text : Checks.given(WHERE, "texts", texts)) {
      sequences.add(
          words(text).stream()
              .map(word -> kept(wordIndex.get(word)) ? wordIndex.get(word) : oov)
              .filter(index -> index != null)
              .mapToInt(Integer::intValue)
              .toArray());
    }
    return sequences;
  }

  private boolean kept(Integer index) {
    return index != null && (numWords == null || index < numWords);
  }

  /**
   * Returns texts of the words that numbers stand for, with a space between words.
   *
   * @param sequences numbers of words
   * @return a text for each
   */
  public List<String> sequencesToTexts(List<int[]> sequences) {
    List<String> texts = new ArrayList<>();
    for (int[] sequence : Checks.given(WHERE, "sequences", sequences)) {
      StringJoiner text = new StringJoiner(" ");
      for (int index : Checks.given(WHERE, "a sequence", sequence)) {
        String word = indexWord.get(index);
        if (word != null && kept(index)) {
          text.add(word);
        } else if (oovToken != null && wordIndex.containsKey(oovToken)) {
          text.add(oovToken);
        }
      }
      texts.add(text.toString());
    }
    return texts;
  }

  /**
   * Returns a row of as many numbers as there are words for each text.
   *
   * @param texts one document each
   * @param mode {@code binary}, {@code count}, {@code freq} or {@code tfidf}
   * @return {@code (texts, words)}
   * @throws IllegalArgumentException if the mode is another word
   * @throws IllegalStateException if nothing was fitted
   */
  public FloatNdArray textsToMatrix(Iterable<String> texts, String mode) {
    return sequencesToMatrix(textsToSequences(texts), mode);
  }

  /**
   * Returns a row of as many numbers as there are words for each sequence.
   *
   * @param sequences numbers of words
   * @param mode {@code binary}: 1 for each word that is there; {@code count}: how often; {@code
   *     freq}: which share of the sequence; {@code tfidf}: more for words that few documents have
   * @return {@code (sequences, words)}
   * @throws IllegalArgumentException if the mode is another word
   * @throws IllegalStateException if neither texts nor {@code numWords} tell how many words there
   *     are
   */
  public FloatNdArray sequencesToMatrix(List<int[]> sequences, String mode) {
    Checks.notNull(WHERE, "sequences", sequences);
    checkMode(mode);
    int width = width();
    float[] rows = new float[Math.multiplyExact(sequences.size(), width)];
    for (int i = 0; i < sequences.size(); i++) {
      int[] sequence = Checks.given(WHERE, "sequences[" + i + "]", sequences.get(i));
      Map<Integer, Integer> counts = new HashMap<>();
      for (int index : sequence) {
        if (index < 0) {
          throw Errors.in(WHERE, "a word has a negative number.")
              .expected("0 or more")
              .got(index + " in sequence " + i)
              .fix("pass what textsToSequences gives")
              .argument();
        }
        if (index < width) {
          counts.merge(index, 1, Integer::sum);
        }
      }
      int first = i * width;
      counts.forEach(
          (index, count) ->
              rows[first + index] = (float) entry(mode, index, count, sequence.length));
    }
    return FloatArrays.wrap(rows, sequences.size(), width);
  }

  private int width() {
    if (numWords != null) {
      return numWords;
    }
    if (wordIndex.isEmpty()) {
      throw Errors.in(WHERE, "it is not known how many words there are.")
          .expected("numWords, or texts that were fitted")
          .got("neither")
          .fix("call fitOnTexts, or set numWords")
          .state();
    }
    return wordIndex.size() + 1;
  }

  private void checkMode(String mode) {
    List<String> modes = List.of("binary", "count", "freq", "tfidf");
    if (!modes.contains(Checks.given(WHERE, "mode", mode))) {
      throw Errors.in(WHERE, "the mode is not known.")
          .expected("one of " + modes)
          .got(mode)
          .fix("textsToMatrix(texts, \"binary\")")
          .argument();
    }
    if (mode.equals("tfidf") && documentCount == 0) {
      throw Errors.in(WHERE, "tfidf needs to know in how many documents words are.")
          .expected("documents that were fitted")
          .got("none")
          .fix("call fitOnTexts or fitOnSequences before")
          .state();
    }
  }

  private double entry(String mode, int index, int count, int length) {
    return switch (mode) {
      case "count" -> count;
      case "freq" -> (double) count / length;
      case "tfidf" ->
          (1 + Math.log(count))
              * Math.log(1 + (double) documentCount / (1 + indexDocs.getOrDefault(index, 0)));
      default -> 1;
    };
  }

  /** {@return the number of each word, from 1 on} */
  public Map<String, Integer> wordIndex() {
    return Collections.unmodifiableMap(wordIndex);
  }

  /** {@return the word of each number} */
  public Map<Integer, String> indexWord() {
    return Collections.unmodifiableMap(indexWord);
  }

  /** {@return how often each word came, in the order in which words came first} */
  public Map<String, Integer> wordCounts() {
    return Collections.unmodifiableMap(wordCounts);
  }

  /** {@return in how many documents each word came} */
  public Map<String, Integer> wordDocs() {
    return Collections.unmodifiableMap(wordDocs);
  }

  /** {@return how many documents were fitted} */
  public int documentCount() {
    return documentCount;
  }

  /**
   * Returns what it knows, in Keras's form.
   *
   * @return JSON that {@link #fromJson} and Keras's {@code tokenizer_from_json} read
   */
  public String toJson() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("num_words", numWords);
    config.put("filters", filters);
    config.put("lower", lower);
    config.put("split", split);
    config.put("char_level", charLevel);
    config.put("oov_token", oovToken);
    config.put("document_count", documentCount);
    config.put("word_counts", Json.write(wordCounts));
    config.put("word_docs", Json.write(wordDocs));
    config.put("index_docs", Json.write(textKeys(indexDocs)));
    config.put("index_word", Json.write(textKeys(indexWord)));
    config.put("word_index", Json.write(wordIndex));
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("class_name", WHERE);
    whole.put("config", config);
    return Json.write(whole);
  }

  private static <V> Map<String, V> textKeys(Map<Integer, V> map) {
    Map<String, V> texts = new LinkedHashMap<>();
    map.forEach((key, value) -> texts.put(String.valueOf(key), value));
    return texts;
  }

  /**
   * Reads a tokenizer that {@link #toJson} or Keras's {@code tokenizer.to_json()} wrote. Keras:
   * {@code tokenizer_from_json(text)}. An {@code analyzer} is not in it.
   *
   * @param json the text
   * @return a tokenizer that knows the same words
   * @throws IllegalArgumentException if it is not the JSON of a tokenizer
   */
  public static Tokenizer fromJson(String json) {
    String where = "Tokenizer.fromJson";
    Checks.notNull(where, "json", json);
    Config config = Config.of(where, Json.read(where, json)).inner("config");
    Tokenizer read = new Tokenizer();
    if (config.given("num_words")) {
      config.integer("num_words", read::numWords);
    }
    config.text("filters", read::filters);
    config.bool("lower", read::lower);
    config.text("split", read::split);
    config.bool("char_level", read::charLevel);
    config.text("oov_token", read::oovToken);
    config.integer("document_count", count -> read.documentCount = count);
    numbers(config, "word_counts").forEach(read.wordCounts::put);
    numbers(config, "word_docs").forEach(read.wordDocs::put);
    numbers(config, "word_index").forEach(read.wordIndex::put);
    numbers(config, "index_docs").forEach((key, value) -> read.indexDocs.put(index(key), value));
    read.wordIndex.forEach((word, index) -> read.indexWord.put(index, word));
    return read;
  }

  private static Map<String, Integer> numbers(Config config, String key) {
    Map<String, Object> found = Json.read("Tokenizer.fromJson: " + key, config.text(key));
    Config inner = Config.of("Tokenizer.fromJson: " + key, found);
    Map<String, Integer> numbers = new LinkedHashMap<>();
    found.keySet().forEach(each -> numbers.put(each, inner.integer(each)));
    return numbers;
  }

  private static int index(String key) {
    try {
      return Integer.parseInt(key);
    } catch (NumberFormatException e) {
      throw Errors.in("Tokenizer.fromJson", "the number of a word is none.")
          .expected("a whole number")
          .got(key)
          .fix("write the file again with tokenizer.to_json()")
          .argument();
    }
  }

  /**
   * Gives each word of a text a number from 1 to {@code n - 1} by its MD5 hash; several words may
   * share one. Keras: {@code hashing_trick(text, n, hash_function="md5")}. Python's own hash, its
   * default, changes with every start.
   *
   * @param text any text
   * @param n how many numbers there are, 0 counted; 2 or more
   * @return a number for each word
   * @throws IllegalArgumentException if n is less than 2
   */
  public static int[] hashingTrick(String text, int n) {
    if (n < 2) {
      throw Errors.in("hashingTrick", "there are too few numbers.")
          .expected("n of 2 or more")
          .got(n)
          .fix("hashingTrick(text, 1000)")
          .argument();
    }
    BigInteger most = BigInteger.valueOf(n - 1L);
    return textToWordSequence(text).stream()
        .mapToInt(word -> new BigInteger(1, md5(word)).mod(most).intValue() + 1)
        .toArray();
  }

  private static byte[] md5(String word) {
    try {
      return MessageDigest.getInstance("MD5").digest(word.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5.", e);
    }
  }

  @Override
  public String toString() {
    return "Tokenizer{num_words=" + numWords + ", words=" + wordIndex.size() + "}";
  }
}
