package keras.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * Gives for each query the mean of all values, weighted by how much the query is like the keys, in
 * several heads, each of its own products of the three. Keras: {@code
 * keras.layers.MultiHeadAttention}.
 *
 * <p>Shapes: queries (batch, queries, features), values (batch, values, features) and perhaps keys
 * (batch, values, features), which are the values by default → (batch, queries, features); more
 * dimensions between batch and features may be attended to or not, see {@link #attentionAxes}.
 * Masked values do not count; the mask of the queries is passed on.
 *
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al., Attention is all you need
 *     (2017)</a>
 */
public final class MultiHeadAttention extends HeadsAttention<MultiHeadAttention> {

  private final int numHeads;
  private final int keyDim;
  private Integer valueDim;
  private List<Integer> outputShape;
  private int[] attentionAxes;

  /**
   * A layer of some heads.
   *
   * @param numHeads how many
   * @param keyDim the width of queries and keys in each
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public MultiHeadAttention(int numHeads, int keyDim) {
    this.numHeads = Checks.positive("MultiHeadAttention", "numHeads", numHeads);
    this.keyDim = Checks.positive("MultiHeadAttention", "keyDim", keyDim);
  }

  /**
   * Sets the width of values in each head.
   *
   * @param width that of the keys by default
   * @return this layer
   * @throws IllegalArgumentException if it is less than 1
   */
  public MultiHeadAttention valueDim(int width) {
    checkNotFrozen("valueDim");
    valueDim = Checks.positive("MultiHeadAttention", "valueDim", width);
    return this;
  }

  /**
   * Sets the last dimensions of the output.
   *
   * @param sizes the width of the queries by default
   * @return this layer
   * @throws IllegalArgumentException if one is less than 1
   */
  public MultiHeadAttention outputShape(int... sizes) {
    checkNotFrozen("outputShape");
    Checks.notNull("MultiHeadAttention", "outputShape", sizes);
    for (int size : sizes) {
      Checks.positive("MultiHeadAttention", "outputShape", size);
    }
    outputShape = Window.list(sizes);
    return this;
  }

  /**
   * Sets along which dimensions values are weighted.
   *
   * @param axes from 1 (0 is the batch); by default all between batch and features
   * @return this layer
   */
  public MultiHeadAttention attentionAxes(int... axes) {
    checkNotFrozen("attentionAxes");
    Checks.notNull("MultiHeadAttention", "attentionAxes", axes);
    attentionAxes = axes.clone();
    return this;
  }

  /** As Keras 3.15.1 does, though not of its other layers of attention. */
  @Override
  boolean takesMasksOff() {
    return true;
  }

  /** Keras 3.15.1 does not look at a mask of the queries that is given, only at their own. */
  @Override
  Set<String> callArguments() {
    Set<String> taken = super.callArguments();
    taken.remove(CallOptions.NAMED_MASKS.get(0));
    return taken;
  }

  @Override
  boolean takes(int rank) {
    if (rank < 3) {
      return false;
    }
    for (int axis : axes(rank)) {
      if (axis < 1 || axis > rank - 2) {
        throw Errors.in(toString(), "it cannot weight values along axis " + axis + ".")
            .expected("axes from 1 to " + (rank - 2))
            .got(Arrays.toString(attentionAxes))
            .fix("leave attentionAxes out for all dimensions between batch and features")
            .argument();
      }
    }
    return true;
  }

  @Override
  int keyHeads() {
    return numHeads;
  }

  @Override
  int queryHeads() {
    return numHeads;
  }

  @Override
  int keyWidth() {
    return keyDim;
  }

  @Override
  int valueWidth() {
    return valueDim == null ? keyDim : valueDim;
  }

  @Override
  List<Integer> outputs(Shape query) {
    Shape width = Arguments.sizes(this, new int[] {-1}, query);
    return outputShape == null ? List.of((int) width.get(0)) : outputShape;
  }

  @Override
  String attribute(String name) {
    return name;
  }

  @Override
  boolean regularizesOutput() {
    return false;
  }

  @Override
  int[] axes(int rank) {
    return attentionAxes == null
        ? IntStream.range(1, rank - 1).toArray()
        : Arrays.stream(attentionAxes).map(axis -> axis < 0 ? axis + rank : axis).toArray();
  }

  @Override
  protected void build(List<Shape> inputShapes) {
    super.build(inputShapes);
    attentionAxes = axes(inputShapes.get(0).numDimensions());
  }

  /**
   * Returns a layer of its arguments. Keras: {@code MultiHeadAttention.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MultiHeadAttention fromConfig(Config config) {
    Checks.notNull("MultiHeadAttention.fromConfig", "config", config);
    MultiHeadAttention layer =
        new MultiHeadAttention(config.integer("num_heads"), config.integer("key_dim"));
    layer.common(config).attentionFrom(config);
    if (config.given("value_dim")) {
      layer.valueDim(config.integer("value_dim"));
    }
    if (config.given("output_shape")) {
      layer.outputShape(config.integers("output_shape"));
    }
    if (config.given("attention_axes")) {
      layer.attentionAxes(config.integers("attention_axes"));
    }
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.remove("activity_regularizer");
    config.put("num_heads", numHeads);
    config.put("key_dim", keyDim);
    config.put("value_dim", valueWidth());
    config.put("dropout", dropout());
    config.put("use_bias", usesBias());
    config.put("use_gate", usesGate());
    config.put("output_shape", outputShape);
    config.put("attention_axes", attentionAxes == null ? null : Window.list(attentionAxes));
    config.put("sliding_window", slidingWindow());
    writeWeights(config);
    config.put("seed", givenSeed());
    return config;
  }
}
