package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import keras.internal.config.Serialized;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.internal.weights.WeightGroup;
import keras.utils.Config;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * Turns texts into sequences of word numbers, or into vectors over a vocabulary. Keras: {@code
 * keras.layers.TextVectorization(max_tokens=None, standardize="lower_and_strip_punctuation",
 * split="whitespace", ngrams=None, output_mode="int", output_sequence_length=None)}.
 *
 * <p>Shapes: (batch) or (batch, 1) → (batch, timesteps), with 0 at the end of what is shorter; with
 * {@code "multi_hot"}, {@code "count"} and {@code "tf_idf"} (batch, vocabulary). In the vocabulary
 * {@code ""} has place 0 and unknown words have place 1.
 *
 * <pre>{@code
 * TextVectorization vectorization = new TextVectorization().maxTokens(20000).outputSequenceLength(80);
 * vectorization.adapt(texts);
 * model.add(new Input(shape(1)).dtype("string"));
 * model.add(vectorization);
 * model.add(new Embedding(20000, 128));
 * }</pre>
 */
public final class TextVectorization extends DataLayer<TextVectorization> {

  private static final String LOWER = "lower";
  private static final String STRIP = "strip_punctuation";
  private static final String LOWER_AND_STRIP = "lower_and_strip_punctuation";
  private static final List<String> STANDARDS = List.of(LOWER_AND_STRIP, LOWER, STRIP);

  private static final String WHITESPACE = "whitespace";
  private static final String CHARACTER = "character";
  private static final List<String> SPLITS = List.of(WHITESPACE, CHARACTER);

  private static final String PUNCTUATION = "[!\"#$%&()\\*\\+,-\\./:;<=>?@\\[\\\\\\]^_`{|}~\\']";

  private final StringLookup lookup = new StringLookup().maskToken("").name("string_lookup");
  private String standardize = LOWER_AND_STRIP;
  private UnaryOperator<String> ownStandardize;
  private String split = WHITESPACE;
  private Function<String, List<String>> ownSplit;
  private int[] ngrams;
  private boolean ngramsListed;
  private Integer outputSequenceLength;

  /**
   * Sets how many tokens the vocabulary may have, the special ones included.
   *
   * @param value 2 or more; null, the default, for any number
   * @return this layer
   */
  public TextVectorization maxTokens(Integer value) {
    checkNotFrozen("maxTokens");
    lookup.maxTokens(value);
    return this;
  }

  /**
   * Names what is done with a text before it is split.
   *
   * @param value {@code "lower_and_strip_punctuation"}, the default; {@code "lower"}; {@code
   *     "strip_punctuation"}; null for nothing. As in Keras, letters and punctuation are those of
   *     ASCII
   * @return this layer
   */
  public TextVectorization standardize(String value) {
    checkNotFrozen("standardize");
    standardize = checked("standardize", value, STANDARDS);
    ownStandardize = null;
    return this;
  }

  /**
   * Sets what is done with a text before it is split.
   *
   * @param function of a text; it cannot be written to a file
   * @return this layer
   */
  public TextVectorization standardize(UnaryOperator<String> function) {
    checkNotFrozen("standardize");
    ownStandardize = function;
    return this;
  }

  /**
   * Names how a text is split into tokens.
   *
   * @param value {@code "whitespace"}, the default; {@code "character"}; null where each input is a
   *     token already
   * @return this layer
   */
  public TextVectorization split(String value) {
    checkNotFrozen("split");
    split = checked("split", value, SPLITS);
    ownSplit = null;
    return this;
  }

  /**
   * Sets how a text is split into tokens.
   *
   * @param function of a text; it cannot be written to a file
   * @return this layer
   */
  public TextVectorization split(Function<String, List<String>> function) {
    checkNotFrozen("split");
    ownSplit = function;
    return this;
  }

  private static String checked(String argument, String value, List<String> known) {
    if (value != null && !known.contains(value)) {
      throw Names.unknown("TextVectorization." + argument, value, known);
    }
    return value;
  }

  /**
   * Has runs of tokens become tokens themselves.
   *
   * @param value the length up to which all runs do; without it only single tokens do
   * @return this layer
   */
  public TextVectorization ngrams(int value) {
    return ngrams(false, value);
  }

  /**
   * Has runs of tokens become tokens themselves.
   *
   * @param value the lengths of the runs that do
   * @return this layer
   */
  public TextVectorization ngrams(int... value) {
    return ngrams(true, value);
  }

  private TextVectorization ngrams(boolean asList, int... value) {
    checkNotFrozen("ngrams");
    Checks.notNull("TextVectorization", "ngrams", value);
    ngrams = value.clone();
    ngramsListed = asList;
    return this;
  }

  /**
   * Sets what is given out.
   *
   * @param value {@code "int"}, the default: the numbers of the tokens; {@code "multi_hot"}: a
   *     vector with a 1 for each token that a text has; {@code "count"}: how often it has it;
   *     {@code "tf_idf"}: the same times a weight, which is small for tokens that are in many texts
   * @return this layer
   */
  public TextVectorization outputMode(String value) {
    checkNotFrozen("outputMode");
    lookup.outputMode(value);
    return this;
  }

  /**
   * Sets how long all sequences are.
   *
   * @param value a number of tokens; null, the default, for that of the longest text
   * @return this layer
   */
  public TextVectorization outputSequenceLength(Integer value) {
    checkNotFrozen("outputSequenceLength");
    outputSequenceLength = value;
    return this;
  }

  /**
   * Sets whether vectors have room for {@link #maxTokens} tokens though the vocabulary is smaller.
   *
   * @param value false by default
   * @return this layer
   */
  public TextVectorization padToMaxTokens(boolean value) {
    checkNotFrozen("padToMaxTokens");
    lookup.padToMaxTokens(value);
    return this;
  }

  /**
   * Gives the vocabulary, in place of {@link #adapt}. To be called after all other arguments.
   *
   * @param tokens each once
   * @return this layer
   */
  public TextVectorization vocabulary(String... tokens) {
    Checks.notNull("TextVectorization", "vocabulary", tokens);
    return vocabulary(Arrays.asList(tokens));
  }

  /**
   * Gives the vocabulary, in place of {@link #adapt}, with the weights that {@code "tf_idf"} needs.
   * To be called after all other arguments.
   *
   * @param tokens each once
   * @param idfWeights one for each token
   * @return this layer
   */
  public TextVectorization vocabulary(Collection<String> tokens, double... idfWeights) {
    checkNotFrozen("vocabulary");
    lookup.vocabulary(tokens, idfWeights);
    return this;
  }

  /**
   * Returns the vocabulary. Keras: {@code layer.get_vocabulary()}.
   *
   * @return the tokens at their places, the special ones first
   */
  public List<String> getVocabulary() {
    return lookup.getVocabulary();
  }

  /**
   * Returns the vocabulary. Keras: {@code layer.get_vocabulary(include_special_tokens)}.
   *
   * @param includeSpecialTokens whether with the places for nothing and for unknown words
   * @return the tokens
   */
  public List<String> getVocabulary(boolean includeSpecialTokens) {
    return lookup.getVocabulary(includeSpecialTokens);
  }

  /**
   * Tells how long the vocabulary is. Keras: {@code layer.vocabulary_size()}.
   *
   * @return with the special tokens
   */
  public int vocabularySize() {
    return lookup.vocabularySize();
  }

  /**
   * Sets the vocabulary. Keras: {@code layer.set_vocabulary(vocabulary, idf_weights=None)}.
   *
   * @param vocabulary the tokens, each once
   * @param idfWeights one for each token, for {@code "tf_idf"} alone
   * @throws IllegalArgumentException if it does not go with the arguments
   */
  public void setVocabulary(Collection<String> vocabulary, double... idfWeights) {
    lookup.setVocabulary(vocabulary, idfWeights);
  }

  /**
   * Makes the vocabulary of the tokens in some texts, the most frequent first. Keras: {@code
   * layer.adapt(data)}.
   *
   * @param data an array or a list of texts, or an {@code Iterable} of arrays
   * @throws IllegalStateException if the vocabulary was given
   */
  public void adapt(Object data) {
    Checks.notNull(this + ".adapt", "data", data);
    boolean several =
        data instanceof Iterable<?> batches
            && batches.iterator().hasNext()
            && !(batches.iterator().next() instanceof String);
    List<List<String>> documents = new ArrayList<>();
    for (Object batch : several ? (Iterable<?>) data : List.of(data)) {
      documents.addAll(tokens(this + ".adapt: data", batch));
    }
    lookup.adaptTo(documents);
  }

  /** Returns the tokens of each text. */
  private List<List<String>> tokens(String where, Object data) {
    Tokens given = Tokens.of(where, data);
    if (!given.areStrings()) {
      throw Errors.in(where, "these are no texts.")
          .expected("strings")
          .got(given.values().get(0))
          .fix("take an IntegerLookup for whole numbers")
          .argument();
    }
    Shape shape = given.shape();
    int rank = shape.numDimensions();
    List<List<String>> documents = new ArrayList<>();
    if (split == null && ownSplit == null) {
      given.rows().forEach(row -> documents.add(row.stream().map(this::standardized).toList()));
    } else if (rank > 1 && (rank > 2 || shape.get(1) != 1)) {
      throw Errors.in(where, "each sample is one text.")
          .expected("shape (batch,) or (batch, 1)")
          .got(Errors.shape(shape.asArray()))
          .fix("give one string for each sample, or split(null) for tokens")
          .argument();
    } else {
      given.texts().forEach(text -> documents.add(pieces(standardized(text))));
    }
    return documents.stream().map(this::runs).toList();
  }

  private String standardized(Object given) {
    String text = (String) given;
    if (ownStandardize != null) {
      return ownStandardize.apply(text);
    }
    String lower =
        LOWER.equals(standardize) || LOWER_AND_STRIP.equals(standardize) ? lower(text) : text;
    return STRIP.equals(standardize) || LOWER_AND_STRIP.equals(standardize)
        ? lower.replaceAll(PUNCTUATION, "")
        : lower;
  }

  /** Of ASCII letters alone, as TensorFlow does. */
  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c - 'A' + 'a'));
      }
    }
    return lower.toString();
  }

  private List<String> pieces(String text) {
    Checks.notNull(this + ".standardize", "what the function returns", text);
    if (ownSplit != null) {
      return Checks.given(this + ".split", "what the function returns", ownSplit.apply(text));
    }
    if (split.equals(CHARACTER)) {
      return text.codePoints().mapToObj(Character::toString).toList();
    }
    return Arrays.stream(text.split("[ \\t\\n\\x0B\\f\\r]+"))
        .filter(piece -> !piece.isEmpty())
        .toList();
  }

  /** Returns runs of tokens, the shorter ones first. */
  private List<String> runs(List<String> tokens) {
    if (ngrams == null) {
      return tokens;
    }
    int[] lengths = ngramsListed ? ngrams : IntStream.rangeClosed(1, ngrams[0]).toArray();
    List<String> runs = new ArrayList<>();
    for (int length : lengths) {
      for (int i = 0; i + length <= tokens.size(); i++) {
        runs.add(String.join(" ", tokens.subList(i, i + length)));
      }
    }
    return runs;
  }

  @Override
  public FloatNdArray apply(Object data) {
    List<List<String>> documents = tokens(this + ".apply: data", data);
    boolean sequences = lookup.outputMode().equals(CategoryMode.INT);
    int longest = documents.stream().mapToInt(List::size).max().orElse(0);
    int width = sequences && outputSequenceLength != null ? outputSequenceLength : longest;
    List<String> all = new ArrayList<>();
    for (List<String> document : documents) {
      all.addAll(document.subList(0, Math.min(width, document.size())));
      all.addAll(Collections.nCopies(Math.max(0, width - document.size()), ""));
    }
    boolean one = data instanceof String;
    return lookup.encode(all, one ? Shape.of(width) : Shape.of(documents.size(), width));
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.leastRank(this, inputShape, 1, "(batch,)", "give it a batch of texts");
    long batch = inputShape.get(0);
    if (lookup.outputMode().equals(CategoryMode.INT)) {
      long width = outputSequenceLength == null ? Shape.UNKNOWN_SIZE : outputSequenceLength;
      return Shape.of(batch, width);
    }
    return lookup.computeOutputShape(Shape.of(batch, Shape.UNKNOWN_SIZE));
  }

  @Override
  boolean builtAtOnce() {
    return false;
  }

  @Override
  protected WeightGroup weightGroup() {
    WeightGroup inner =
        new WeightGroup(toString(), lookup.name(), List.of(), Map.of(), lookup.stored());
    return new WeightGroup(
        toString(), name(), List.of(), Map.of("_lookup_layer", inner), lookup.stored());
  }

  @Override
  String outputDtype() {
    return lookup.outputMode().equals(CategoryMode.INT) ? "int64" : super.outputDtype();
  }

  /**
   * Returns a layer of its arguments. Keras: {@code TextVectorization.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static TextVectorization fromConfig(Config config) {
    TextVectorization layer = new TextVectorization().common(config);
    if (config.given("max_tokens")) {
      layer.maxTokens(config.integer("max_tokens"));
    }
    if (config.has("standardize")) {
      layer.standardize(named(config, "standardize"));
    }
    if (config.has("split")) {
      layer.split(named(config, "split"));
    }
    if (config.given("ngrams")) {
      boolean listed = config.value("ngrams") instanceof List;
      layer.ngrams(
          listed, listed ? config.integers("ngrams") : new int[] {config.integer("ngrams")});
    }
    config.text("output_mode", layer::outputMode);
    if (config.given("output_sequence_length")) {
      layer.outputSequenceLength(config.integer("output_sequence_length"));
    }
    config.bool("pad_to_max_tokens", layer::padToMaxTokens);
    config.only("sparse", false);
    config.only("ragged", false);
    config.only("encoding", "utf-8");
    layer.lookup.sizeFrom(config);
    layer.lookup.vocabularyFrom(config);
    return layer;
  }

  private static String named(Config config, String key) {
    if (config.given(key) && !(config.value(key) instanceof String)) {
      throw config.wrong(key, "a name; a function of Python cannot be run");
    }
    return config.given(key) ? config.text(key) : null;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>(super.getConfig());
    config.put("max_tokens", lookup.maxTokens());
    config.put(
        "standardize", ownStandardize == null ? standardize : Serialized.function("<lambda>"));
    config.put("split", ownSplit == null ? split : Serialized.function("<lambda>"));
    config.put(
        "ngrams",
        ngrams == null
            ? null
            : ngramsListed ? Arrays.stream(ngrams).boxed().toList() : (Object) ngrams[0]);
    config.put("output_mode", lookup.outputMode());
    config.put("output_sequence_length", outputSequenceLength);
    config.put("pad_to_max_tokens", lookup.padToMaxTokens());
    config.put("sparse", false);
    config.put("ragged", false);
    config.put("vocabulary", lookup.writtenVocabulary());
    config.put("idf_weights", lookup.writtenIdf());
    config.put("encoding", "utf-8");
    config.put("vocabulary_size", lookup.vocabularySize());
    return config;
  }
}
