package keras.layers;

import java.util.List;
import java.util.Map;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * Gives for each query the mean of all values, weighted by how much the query is like the keys, in
 * several heads, of which some share their keys and values. Keras: {@code
 * keras.layers.GroupQueryAttention}.
 *
 * <p>Shapes: queries (batch, queries, features), values (batch, values, features) and perhaps keys
 * (batch, values, features), which are the values by default → (batch, queries, features). Masked
 * values do not count; the mask of the queries is passed on.
 *
 * @see <a href="https://arxiv.org/abs/2305.13245">Ainslie et al., GQA: training generalized
 *     multi-query transformer models from multi-head checkpoints (2023)</a>
 */
public final class GroupQueryAttention extends HeadsAttention<GroupQueryAttention> {

  private final int headDim;
  private final int numQueryHeads;
  private final int numKeyValueHeads;

  /**
   * A layer of some heads.
   *
   * @param headDim the width of queries, keys and values in each
   * @param numQueryHeads how many heads there are
   * @param numKeyValueHeads how many of keys and values; a divisor of the former
   * @throws IllegalArgumentException if one of them is less than 1, or does not divide
   */
  public GroupQueryAttention(int headDim, int numQueryHeads, int numKeyValueHeads) {
    this.headDim = Checks.positive("GroupQueryAttention", "headDim", headDim);
    this.numQueryHeads = Checks.positive("GroupQueryAttention", "numQueryHeads", numQueryHeads);
    this.numKeyValueHeads =
        Checks.positive("GroupQueryAttention", "numKeyValueHeads", numKeyValueHeads);
    if (numQueryHeads % numKeyValueHeads != 0) {
      throw Errors.in("GroupQueryAttention", "the heads cannot be shared so.")
          .expected("a divisor of " + numQueryHeads)
          .got(numKeyValueHeads + " heads of keys and values")
          .fix("choose numQueryHeads that are a multiple of numKeyValueHeads")
          .argument();
    }
  }

  @Override
  boolean takes(int rank) {
    return rank == 3;
  }

  @Override
  int keyHeads() {
    return numKeyValueHeads;
  }

  @Override
  int queryHeads() {
    return numQueryHeads;
  }

  @Override
  int keyWidth() {
    return headDim;
  }

  @Override
  int valueWidth() {
    return headDim;
  }

  @Override
  List<Integer> outputs(Shape query) {
    return List.of((int) Arguments.sizes(this, new int[] {-1}, query).get(0));
  }

  @Override
  String attribute(String name) {
    return "_" + name;
  }

  @Override
  boolean regularizesOutput() {
    return true;
  }

  @Override
  int[] axes(int rank) {
    return new int[] {1};
  }

  /** Keras's class has a longer name than it is known by. */
  @Override
  protected String typeName() {
    return "GroupedQueryAttention";
  }

  /**
   * Returns a layer of its arguments. Keras: {@code GroupQueryAttention.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static GroupQueryAttention fromConfig(Config config) {
    Checks.notNull("GroupQueryAttention.fromConfig", "config", config);
    return new GroupQueryAttention(
            config.integer("head_dim"),
            config.integer("num_query_heads"),
            config.integer("num_key_value_heads"))
        .common(config)
        .attentionFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("head_dim", headDim);
    config.put("num_query_heads", numQueryHeads);
    config.put("num_key_value_heads", numKeyValueHeads);
    config.put("use_bias", usesBias());
    config.put("use_gate", usesGate());
    config.put("sliding_window", slidingWindow());
    config.put("dropout", dropout());
    writeWeights(config);
    config.put("seed", givenSeed());
    return config;
  }
}
