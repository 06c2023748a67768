package keras.layers;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import keras.utils.Config;

/**
 * Turns whole numbers of any size into their places in a vocabulary. Keras: {@code
 * keras.layers.IntegerLookup(max_tokens=None, num_oov_indices=1, mask_token=None, oov_token=-1,
 * vocabulary=None, invert=False, output_mode="int")}.
 *
 * <p>Shapes: any → the same; with {@code "multi_hot"}, {@code "count"} and {@code "tf_idf"} (batch,
 * tokens) → (batch, vocabulary), with {@code "one_hot"} (batch, ...) → (batch, ..., vocabulary).
 */
public final class IntegerLookup extends IndexLookup<IntegerLookup, Long> {

  private static final String FLOORMOD = "floormod";
  private static final String FARMHASH = "farmhash";

  private Long maskToken;
  private Long oovToken = -1L;
  private String oovMethod = FLOORMOD;

  /**
   * Sets the token that counts for nothing and has place 0.
   *
   * @param value often 0; none by default
   * @return this layer
   */
  public IntegerLookup maskToken(long value) {
    checkNotFrozen("maskToken");
    maskToken = value;
    return this;
  }

  /**
   * Sets the token that stands for unknown ones.
   *
   * @param value -1 by default
   * @return this layer
   */
  public IntegerLookup oovToken(long value) {
    checkNotFrozen("oovToken");
    oovToken = value;
    return this;
  }

  /**
   * Sets how unknown tokens are spread among several places.
   *
   * @param value {@code "floormod"}, the default: by what is left of a division; {@code
   *     "farmhash"}: by their hash
   * @return this layer
   */
  public IntegerLookup oovMethod(String value) {
    checkNotFrozen("oovMethod");
    List<String> known = List.of(FLOORMOD, FARMHASH);
    if (value == null || !known.contains(value)) {
      throw Names.unknown("oovMethod", value, known);
    }
    oovMethod = value;
    return this;
  }

  /**
   * Gives the vocabulary, in place of {@link #adapt}. To be called after all other arguments.
   *
   * @param tokens each once
   * @return this layer
   */
  public IntegerLookup vocabulary(long... tokens) {
    Checks.notNull("IntegerLookup", "vocabulary", tokens);
    return givenVocabulary(Arrays.stream(tokens).boxed().toList());
  }

  /**
   * Gives the vocabulary, in place of {@link #adapt}, with the weights that {@code "tf_idf"} needs.
   * To be called after all other arguments.
   *
   * @param tokens each once
   * @param idfWeights one for each token
   * @return this layer
   */
  public IntegerLookup vocabulary(Collection<? extends Number> tokens, double... idfWeights) {
    return givenVocabulary(tokens, idfWeights);
  }

  @Override
  Object maskToken() {
    return maskToken;
  }

  @Override
  Object oovToken() {
    return oovToken;
  }

  @Override
  Object token(String where, Object value) {
    if (!(value instanceof Number number) || number.doubleValue() != number.longValue()) {
      throw Errors.in(where, "the layer looks up whole numbers.")
          .expected("whole numbers")
          .got(value)
          .fix("take a StringLookup for strings")
          .argument();
    }
    return number.longValue();
  }

  @Override
  long oovPlace(Object token) {
    return oovMethod.equals(FLOORMOD)
        ? Math.floorMod((Long) token, (long) numOovIndices())
        : Hashes.buckets(List.of(token.toString()), numOovIndices(), salt())[0];
  }

  @Override
  Object fromLine(String line) {
    return Long.valueOf(line);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code IntegerLookup.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static IntegerLookup fromConfig(Config config) {
    IntegerLookup layer = new IntegerLookup().lookupFrom(config);
    if (config.given("mask_token")) {
      layer.maskToken(config.longInteger("mask_token"));
    }
    if (config.has("oov_token")) {
      layer.oovToken = config.given("oov_token") ? config.longInteger("oov_token") : null;
    }
    config.text("oov_method", layer::oovMethod);
    config.only("vocabulary_dtype", "int64");
    return layer.vocabularyFrom(config);
  }

  @Override
  void putType(Map<String, Object> config) {
    config.put("vocabulary_dtype", "int64");
  }

  @Override
  void putHash(Map<String, Object> config) {
    config.put("oov_method", oovMethod);
  }
}
