package keras.layers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.weights.Vocabulary;
import keras.internal.weights.WeightGroup;
import keras.utils.Batch;
import keras.utils.Config;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;

/**
 * Base of the layers that turn tokens into their places in a vocabulary. Keras: {@code
 * IndexLookup}.
 *
 * <p>The vocabulary begins with the mask token, if there is one and the places themselves are given
 * out, and with as many places for unknown tokens as {@link #numOovIndices} says.
 *
 * @param <S> the layer itself
 * @param <T> the type of a token
 */
abstract class IndexLookup<S extends IndexLookup<S, T>, T> extends DataLayer<S> {

  private static final List<String> MODES =
      List.of(
          CategoryMode.INT,
          CategoryMode.ONE_HOT,
          CategoryMode.MULTI_HOT,
          CategoryMode.COUNT,
          CategoryMode.TF_IDF);

  private Integer maxTokens;
  private int numOovIndices = 1;
  private boolean invert;
  private String outputMode = CategoryMode.INT;
  private boolean padToMaxTokens;
  private long[] salt;

  /** Tokens without the special ones, or null while there are none. */
  private List<Object> tokens;

  private Map<Object, Integer> places = Map.of();

  /** How long the vocabulary is that a file will bring. */
  private Integer sizeInFile;

  private List<Object> given;
  private double[] givenIdf;
  private float[] idf;

  /** Returns the token for what counts for nothing, or null. */
  abstract Object maskToken();

  /** Returns the token that stands for unknown ones, or null. */
  abstract Object oovToken();

  /** Returns a token of the layer's type. */
  abstract Object token(String where, Object value);

  /** Returns which of several places an unknown token has, from 0. */
  abstract long oovPlace(Object token);

  // ---- arguments

  /**
   * Sets how many tokens the vocabulary may have, the special ones included.
   *
   * @param value 2 or more; null, the default, for any number
   * @return this layer
   */
  public S maxTokens(Integer value) {
    checkNotFrozen("maxTokens");
    if (value != null && value < 2) {
      throw Errors.in(toString(), "there must be room for tokens.")
          .expected("maxTokens of 2 or more, or null")
          .got(value)
          .fix("leave maxTokens out")
          .argument();
    }
    maxTokens = value;
    return self();
  }

  /**
   * Sets how many places there are for unknown tokens, among which these are spread by their hash.
   *
   * @param value 1 by default; with 0 an unknown token is an error
   * @return this layer
   */
  public S numOovIndices(int value) {
    checkNotFrozen("numOovIndices");
    if (value < 0) {
      throw Errors.in(toString(), "there are no fewer places than none.")
          .expected("numOovIndices of 0 or more")
          .got(value)
          .fix("numOovIndices(1)")
          .argument();
    }
    numOovIndices = value;
    return self();
  }

  /**
   * Sets whether the layer goes from places to tokens; see {@link #applyInverted}.
   *
   * @param value false by default
   * @return this layer
   */
  public S invert(boolean value) {
    checkNotFrozen("invert");
    invert = value;
    return self();
  }

  /**
   * Sets what is given out.
   *
   * @param value {@code "int"}, the default: the place of each token; {@code "one_hot"}: a vector
   *     for each token; {@code "multi_hot"}: a vector with a 1 for each token that a sample has;
   *     {@code "count"}: how often it has it; {@code "tf_idf"}: the same times a weight, which is
   *     small for tokens that are in many samples
   * @return this layer
   */
  public S outputMode(String value) {
    checkNotFrozen("outputMode");
    outputMode = CategoryMode.checked(this, value, MODES);
    return self();
  }

  /**
   * Sets whether vectors have room for {@link #maxTokens} tokens though the vocabulary is smaller.
   *
   * @param value false by default
   * @return this layer
   */
  public S padToMaxTokens(boolean value) {
    checkNotFrozen("padToMaxTokens");
    padToMaxTokens = value;
    return self();
  }

  /**
   * Sets the key of the hash that spreads unknown tokens.
   *
   * @param value one number, or two; none, the default, for a hash without a key
   * @return this layer
   */
  public S salt(long... value) {
    checkNotFrozen("salt");
    salt = Hashes.checked(this, value);
    return self();
  }

  final long[] salt() {
    return salt;
  }

  final int numOovIndices() {
    return numOovIndices;
  }

  final String outputMode() {
    return outputMode;
  }

  final Integer maxTokens() {
    return maxTokens;
  }

  final boolean padToMaxTokens() {
    return padToMaxTokens;
  }

  /** Takes the vocabulary as an argument, which a configuration has. */
  final S givenVocabulary(Collection<?> vocabulary, double... idfWeights) {
    checkNotFrozen("vocabulary");
    setVocabulary(vocabulary, idfWeights);
    given = new ArrayList<>(vocabulary);
    givenIdf = idfWeights.length == 0 ? null : idfWeights.clone();
    return self();
  }

  // ---- vocabulary

  private boolean isMasked() {
    return maskToken() != null && outputMode.equals(CategoryMode.INT);
  }

  private int firstToken() {
    return (isMasked() ? 1 : 0) + numOovIndices;
  }

  private List<Object> specialTokens() {
    List<Object> special = new ArrayList<>();
    if (isMasked()) {
      special.add(maskToken());
    }
    special.addAll(Collections.nCopies(numOovIndices, oovToken()));
    return special;
  }

  /**
   * Returns the vocabulary. Keras: {@code layer.get_vocabulary()}.
   *
   * @return the tokens at their places, the special ones first
   */
  public List<T> getVocabulary() {
    return getVocabulary(true);
  }

  /**
   * Returns the vocabulary. Keras: {@code layer.get_vocabulary(include_special_tokens)}.
   *
   * @param includeSpecialTokens whether with the mask token and the places for unknown tokens
   * @return the tokens
   */
  @SuppressWarnings("unchecked")
  public List<T> getVocabulary(boolean includeSpecialTokens) {
    List<Object> all = includeSpecialTokens ? specialTokens() : new ArrayList<>();
    all.addAll(tokens == null ? List.of() : tokens);
    return (List<T>) all;
  }

  /**
   * Tells how long the vocabulary is. Keras: {@code layer.vocabulary_size()}.
   *
   * @return with the special tokens
   */
  public int vocabularySize() {
    return firstToken() + (tokens == null ? 0 : tokens.size());
  }

  /**
   * Sets the vocabulary. Keras: {@code layer.set_vocabulary(vocabulary, idf_weights=None)}.
   *
   * @param vocabulary the tokens, each once; the special ones first, or left out
   * @param idfWeights one for each token, for {@code "tf_idf"} alone
   * @throws IllegalArgumentException if it does not go with the arguments
   */
  public void setVocabulary(Collection<?> vocabulary, double... idfWeights) {
    String where = this + ".setVocabulary";
    List<Object> all = new ArrayList<>();
    Checks.notNull(where, "vocabulary", vocabulary);
    Checks.notNull(where, "idfWeights", idfWeights);
    vocabulary.forEach(each -> all.add(token(where, each)));
    if (outputMode.equals(CategoryMode.TF_IDF) != (idfWeights.length > 0)) {
      throw Errors.in(where, "weights of tokens are for \"tf_idf\", which needs them.")
          .expected(idfWeights.length > 0 ? "no weights" : "one weight for each token")
          .got(idfWeights.length + " weights, outputMode(\"" + outputMode + "\")")
          .fix(idfWeights.length > 0 ? "leave them out" : "setVocabulary(vocabulary, weights)")
          .argument();
    }
    if (idfWeights.length > 0 && idfWeights.length != all.size()) {
      throw Errors.in(where, "there are not as many weights as tokens.")
          .expected(all.size() + " weights")
          .got(idfWeights.length)
          .fix("give one for each token")
          .argument();
    }
    List<Object> special = specialTokens();
    int first = special.size();
    boolean found = all.size() >= first && all.subList(0, first).equals(special);
    List<Object> own = found ? all.subList(first, all.size()) : all;
    check(where, own);
    use(own);
    idf = idfWeights.length == 0 ? null : padded(found, idfWeights);
  }

  private void check(String where, List<Object> own) {
    if (own.isEmpty()) {
      throw Errors.in(where, "the vocabulary is empty.")
          .expected("at least one token")
          .got("none")
          .fix("give the tokens")
          .argument();
    }
    Set<Object> seen = new HashSet<>();
    for (Object token : own) {
      boolean reserved = token.equals(maskToken()) || (invert && token.equals(oovToken()));
      if (reserved || !seen.add(token)) {
        throw Errors.in(
                where, reserved ? "a special token is out of place." : "a token is there twice.")
            .expected(
                reserved
                    ? "the special tokens first, as " + specialTokens() + ", or none of them"
                    : "each token once")
            .got(token)
            .fix(reserved ? "leave the special tokens out" : "leave one of them out")
            .argument();
      }
    }
    int size = firstToken() + own.size();
    if (maxTokens != null && size > maxTokens) {
      throw Errors.in(where, "the vocabulary has more tokens than it may have.")
          .expected("at most " + maxTokens + ", the special ones included")
          .got(size)
          .fix("leave maxTokens out, or some tokens")
          .argument();
    }
  }

  private void use(List<Object> own) {
    tokens = List.copyOf(own);
    places = new HashMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      places.put(tokens.get(i), firstToken() + i);
    }
  }

  private float[] padded(boolean hasSpecialTokens, double... weights) {
    double front = Arrays.stream(weights).average().orElse(0);
    int before = hasSpecialTokens ? 0 : firstToken();
    float[] all = new float[depth()];
    for (int i = 0; i < Math.min(all.length, before + weights.length); i++) {
      all[i] = (float) (i < before ? front : weights[i - before]);
    }
    return all;
  }

  private int depth() {
    boolean asFile = tokens == null && sizeInFile != null;
    return padToMaxTokens && maxTokens != null ? maxTokens : asFile ? sizeInFile : vocabularySize();
  }

  /**
   * Makes the vocabulary of the tokens in some data, the most frequent first. Keras: {@code
   * layer.adapt(data)}.
   *
   * @param data an array of any rank, or an {@code Iterable} of several; a {@code List} of strings
   *     or numbers is one array
   * @throws IllegalStateException if the vocabulary was given
   */
  public void adapt(Object data) {
    boolean several =
        data instanceof Iterable<?> batches
            && !(data instanceof List<?> list && !list.isEmpty() && isToken(list.get(0)))
            && batches.iterator().hasNext();
    List<List<List<Object>>> documents = new ArrayList<>();
    for (Object batch : several ? (Iterable<?>) data : List.of(data)) {
      Object array = batch instanceof Batch whole ? whole.inputs().get(0) : batch;
      Tokens found = Tokens.of(this + ".adapt: data", array);
      boolean vector = found.shape().numDimensions() == 1;
      // Keras takes a vector for a column, but a vector among several for one row.
      documents.add(
          vector && !several ? found.values().stream().map(List::of).toList() : found.rows());
    }
    adaptTo(documents.stream().flatMap(List::stream).toList());
  }

  private static boolean isToken(Object value) {
    return value instanceof String || value instanceof Number;
  }

  /** Makes the vocabulary of documents. */
  final void adaptTo(List<? extends List<?>> documents) {
    if (given != null) {
      throw Errors.in(this + ".adapt", "the layer was given its vocabulary.")
          .expected("a layer without vocabulary(...)")
          .got("a vocabulary of " + given.size() + " tokens")
          .fix("leave out one or the other")
          .state();
    }
    String where = this + ".adapt: data";
    Map<Object, Long> counts = new HashMap<>();
    Map<Object, Long> ofDocuments = new HashMap<>();
    for (List<?> document : documents) {
      List<Object> own = new ArrayList<>();
      document.forEach(value -> own.add(token(where, value)));
      own.forEach(token -> counts.merge(token, 1L, Long::sum));
      new HashSet<>(own).forEach(token -> ofDocuments.merge(token, 1L, Long::sum));
    }
    counts.remove(maskToken());
    counts.remove(oovToken());
    List<Object> sorted = new ArrayList<>(counts.keySet());
    sorted.sort(
        Comparator.<Object, Long>comparing(counts::get)
            .thenComparing(IndexLookup::compare)
            .reversed());
    int most = maxTokens == null ? sorted.size() : Math.max(0, maxTokens - firstToken());
    use(sorted.subList(0, Math.min(most, sorted.size())));
    if (outputMode.equals(CategoryMode.TF_IDF)) {
      idf =
          padded(
              false,
              tokens.stream()
                  .mapToDouble(
                      token ->
                          (float) Math.log(1 + documents.size() / (1.0 + ofDocuments.get(token))))
                  .toArray());
    }
  }

  /** By their bytes, as Keras sorts strings, or by their size. */
  private static int compare(Object a, Object b) {
    return a instanceof Long number
        ? number.compareTo((Long) b)
        : Arrays.compareUnsigned(
            ((String) a).getBytes(StandardCharsets.UTF_8),
            ((String) b).getBytes(StandardCharsets.UTF_8));
  }

  // ---- use

  @Override
  public FloatNdArray apply(Object data) {
    if (invert) {
      throw Errors.in(this + ".apply", "the layer goes from places to tokens.")
          .expected("applyInverted(places), or a layer without invert(true)")
          .got("invert(true)")
          .fix("applyInverted(places)")
          .state();
    }
    Tokens found = Tokens.of(this + ".apply: data", data);
    return encode(found.values(), found.shape());
  }

  /** Looks up tokens; null stands for what counts for nothing. */
  final FloatNdArray encode(List<?> values, Shape shape) {
    if (!outputMode.equals(CategoryMode.INT) && tokens == null && !padToMaxTokens) {
      throw withoutVocabulary();
    }
    long[] found = new long[values.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = values.get(i) == null ? -1 : place(values.get(i));
    }
    if (outputMode.equals(CategoryMode.TF_IDF) && idf == null) {
      throw withoutVocabulary();
    }
    String mode = outputMode.equals(CategoryMode.TF_IDF) ? CategoryMode.COUNT : outputMode;
    return CategoryMode.encode(this, found, shape, mode, depth(), idf);
  }

  private IllegalStateException withoutVocabulary() {
    return Errors.in(toString(), "the layer has no vocabulary yet.")
        .expected("vocabulary(...), setVocabulary(...) or adapt(data) before it is used")
        .got("none of them")
        .fix("layer.adapt(data)")
        .state();
  }

  private long place(Object value) {
    Object token = token(this + ".apply: data", value);
    if (token.equals(maskToken())) {
      return isMasked() ? 0 : -1;
    }
    Integer known = places.get(token);
    if (known != null) {
      return known;
    }
    if (numOovIndices == 0) {
      throw Errors.in(this + ".apply: data", "a token is not in the vocabulary.")
          .expected("one of its " + (tokens == null ? 0 : tokens.size()) + " tokens")
          .got(token)
          .fix("numOovIndices(1), for a place that all unknown tokens share")
          .argument();
    }
    return (isMasked() ? 1 : 0) + (numOovIndices == 1 ? 0 : oovPlace(token));
  }

  /**
   * Looks up the tokens at places. Keras: {@code layer(places)} of a layer with {@code
   * invert=True}.
   *
   * @param places whole numbers, as {@code int[]} or what a model gives
   * @return tokens, of the same dimensions; a place that there is none at has the one for unknown
   *     tokens
   * @throws IllegalStateException if the layer does not have {@link #invert}
   */
  @SuppressWarnings("unchecked")
  public NdArray<T> applyInverted(Object places) {
    if (!invert) {
      throw Errors.in(this + ".applyInverted", "the layer goes from tokens to places.")
          .expected("a layer with invert(true)")
          .got("invert(false), the default")
          .fix("invert(true) on the layer, or apply(tokens)")
          .state();
    }
    Tokens found = Tokens.of(this + ".applyInverted: places", places);
    List<T> vocabulary = getVocabulary();
    T unknown = (T) oovToken();
    NdArray<T> result = (NdArray<T>) NdArrays.ofObjects(Object.class, found.shape());
    int[] next = {0};
    result
        .scalars()
        .forEach(
            scalar -> {
              long place = (Long) found.values().get(next[0]++);
              boolean known = place >= 0 && place < vocabulary.size();
              scalar.setObject(known ? vocabulary.get((int) place) : unknown);
            });
    return result;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    boolean known = tokens != null || padToMaxTokens || sizeInFile != null;
    if (!outputMode.equals(CategoryMode.INT) && !known) {
      throw withoutVocabulary();
    }
    String mode = outputMode.equals(CategoryMode.TF_IDF) ? CategoryMode.COUNT : outputMode;
    return CategoryMode.shape(this, inputShape, mode, depth());
  }

  // ---- files

  @Override
  String outputDtype() {
    return outputMode.equals(CategoryMode.INT) ? "int64" : super.outputDtype();
  }

  @Override
  Map<String, Object> buildConfig(List<List<Object>> shapes) {
    return Map.of();
  }

  @Override
  boolean builtAtOnce() {
    return false;
  }

  @Override
  protected WeightGroup weightGroup() {
    return new WeightGroup(toString(), name(), List.of(), Map.of(), stored());
  }

  /** Returns the part of a file that the layer has besides its configuration. */
  final Vocabulary stored() {
    return new Vocabulary() {
      @Override
      public List<String> lines() {
        return given != null || tokens == null
            ? null
            : getVocabulary().stream().map(String::valueOf).toList();
      }

      @Override
      public float[] weights() {
        return idf;
      }

      @Override
      public void read(List<String> lines, float... weights) {
        if (lines != null && given == null) {
          double[] wide = new double[weights == null ? 0 : Math.min(weights.length, lines.size())];
          Arrays.setAll(wide, i -> weights[i]);
          setVocabulary(lines.stream().map(IndexLookup.this::fromLine).toList(), wide);
        } else if (weights != null) {
          idf = weights.clone();
        }
      }
    };
  }

  /** Returns a token of a line of a file. */
  abstract Object fromLine(String line);

  /** Takes the arguments that all of these layers have; the vocabulary needs all others. */
  final S lookupFrom(Config config) {
    common(config);
    if (config.given("max_tokens")) {
      maxTokens(config.integer("max_tokens"));
    }
    config.integer("num_oov_indices", this::numOovIndices);
    config.bool("invert", this::invert);
    config.text("output_mode", this::outputMode);
    config.bool("pad_to_max_tokens", this::padToMaxTokens);
    config.only("sparse", false);
    sizeFrom(config);
    if (config.given("salt")) {
      salt(Hashes.from(config));
    }
    return self();
  }

  /** Takes the length of a vocabulary that is in another part of a file. */
  final void sizeFrom(Config config) {
    if (config.given("vocabulary_size")) {
      sizeInFile = config.integer("vocabulary_size");
    }
  }

  /** Takes the vocabulary, last of all arguments. */
  final S vocabularyFrom(Config config) {
    config.ignore("vocabulary", "idf_weights");
    if (config.given("vocabulary")) {
      if (config.value("vocabulary") instanceof String) {
        throw config.wrong("vocabulary", "a list of tokens; a file's content is not looked up");
      }
      givenVocabulary(
          config.list("vocabulary"),
          config.given("idf_weights") ? config.numbers("idf_weights") : new double[0]);
    }
    return self();
  }

  final Object writtenVocabulary() {
    return given == null ? null : new ArrayList<>(given);
  }

  final Object writtenIdf() {
    return givenIdf == null ? null : Arrays.stream(givenIdf).boxed().toList();
  }

  /** The length of the vocabulary as Keras writes it: null while there is none. */
  final Integer writtenSize() {
    return tokens == null ? null : vocabularySize();
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>(super.getConfig());
    config.put("invert", invert);
    config.put("max_tokens", maxTokens);
    config.put("num_oov_indices", numOovIndices);
    config.put("oov_token", oovToken());
    config.put("mask_token", maskToken());
    config.put("output_mode", outputMode);
    config.put("sparse", false);
    config.put("pad_to_max_tokens", padToMaxTokens);
    putType(config);
    config.put("idf_weights", writtenIdf());
    config.put("vocabulary", writtenVocabulary());
    config.put("vocabulary_size", writtenSize());
    putHash(config);
    config.put("salt", salt == null ? null : Arrays.stream(salt).boxed().toList());
    return config;
  }

  /** Puts the type of the vocabulary, where the class has one. */
  abstract void putType(Map<String, Object> config);

  /** Puts how unknown tokens are spread. */
  abstract void putHash(Map<String, Object> config);
}
