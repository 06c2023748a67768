package keras.layers;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;

/**
 * Turns strings into their places in a vocabulary. Keras: {@code
 * keras.layers.StringLookup(max_tokens=None, num_oov_indices=1, mask_token=None, oov_token="[UNK]",
 * vocabulary=None, invert=False, output_mode="int")}.
 *
 * <p>Shapes: any → the same; with {@code "multi_hot"}, {@code "count"} and {@code "tf_idf"} (batch,
 * tokens) → (batch, vocabulary), with {@code "one_hot"} (batch, ...) → (batch, ..., vocabulary).
 *
 * <pre>{@code
 * StringLookup lookup = new StringLookup();
 * lookup.adapt(new String[] {"cat", "dog", "cat"});
 * lookup.apply(new String[] {"dog", "bird"}); // 2, 0
 * }</pre>
 */
public final class StringLookup extends IndexLookup<StringLookup, String> {

  private String maskToken;
  private String oovToken = "[UNK]";

  /**
   * Sets the token that counts for nothing and has place 0.
   *
   * @param value often {@code ""}; null, the default, for none
   * @return this layer
   */
  public StringLookup maskToken(String value) {
    checkNotFrozen("maskToken");
    maskToken = value;
    return this;
  }

  /**
   * Sets the token that stands for unknown ones.
   *
   * @param value {@code "[UNK]"} by default
   * @return this layer
   */
  public StringLookup oovToken(String value) {
    checkNotFrozen("oovToken");
    oovToken = value;
    return this;
  }

  /**
   * Gives the vocabulary, in place of {@link #adapt}. To be called after all other arguments.
   *
   * @param tokens each once
   * @return this layer
   */
  public StringLookup vocabulary(String... tokens) {
    Checks.notNull("StringLookup", "vocabulary", tokens);
    return givenVocabulary(Arrays.asList(tokens));
  }

  /**
   * Gives the vocabulary, in place of {@link #adapt}, with the weights that {@code "tf_idf"} needs.
   * To be called after all other arguments.
   *
   * @param tokens each once
   * @param idfWeights one for each token
   * @return this layer
   */
  public StringLookup vocabulary(Collection<String> tokens, double... idfWeights) {
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
    if (!(value instanceof String)) {
      throw Errors.in(where, "the layer looks up strings.")
          .expected("strings")
          .got(value)
          .fix("take an IntegerLookup for whole numbers")
          .argument();
    }
    return value;
  }

  @Override
  long oovPlace(Object token) {
    return Hashes.buckets(List.of((String) token), numOovIndices(), salt())[0];
  }

  @Override
  Object fromLine(String line) {
    return line;
  }

  /**
   * Returns a layer of its arguments. Keras: {@code StringLookup.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static StringLookup fromConfig(Config config) {
    StringLookup layer = new StringLookup().lookupFrom(config);
    if (config.given("mask_token")) {
      layer.maskToken(config.text("mask_token"));
    }
    if (config.has("oov_token")) {
      layer.oovToken(config.given("oov_token") ? config.text("oov_token") : null);
    }
    config.only("encoding", "utf-8");
    config.ignore("oov_method");
    return layer.vocabularyFrom(config);
  }

  @Override
  void putType(Map<String, Object> config) {}

  @Override
  void putHash(Map<String, Object> config) {
    config.put("oov_method", "floormod");
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("encoding", "utf-8");
    return config;
  }
}
