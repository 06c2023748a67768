package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.messages.Checks;
import keras.internal.messages.Names;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gives for each query the mean of all values, weighted by how much the query is like the keys: by
 * their product, or by the {@code tanh} of their sum. Keras: {@code keras.layers.Attention}.
 *
 * <p>Shapes: queries (batch, queries, features), values (batch, values, features) and perhaps keys
 * (batch, values, features), which are the values by default → (batch, queries, features). Masked
 * values do not count; masked queries give zeros, and their mask is passed on.
 *
 * @see <a href="https://arxiv.org/abs/1508.04025">Luong et al., Effective approaches to
 *     attention-based neural machine translation (2015)</a>
 */
public final class Attention extends ScoredAttention<Attention> {

  private static final List<String> MODES = List.of("dot", "concat");

  private String scoreMode = MODES.get(0);

  /** Scores by the product, without a scale. */
  public Attention() {
    super(false);
  }

  /**
   * Sets how scores are computed.
   *
   * @param value {@code "dot"}, the default, for the product of query and key; {@code "concat"} for
   *     the sum over {@code tanh(query + key)}
   * @return this layer
   * @throws IllegalArgumentException if it is something else
   */
  public Attention scoreMode(String value) {
    checkNotFrozen("scoreMode");
    Checks.notNull("Attention", "scoreMode", value);
    if (!MODES.contains(value)) {
      throw Names.unknown("score mode", value, MODES);
    }
    scoreMode = value;
    return this;
  }

  @Override
  protected void build(List<Shape> inputShapes) {
    addScale(Shape.scalar(), "ones");
    if (scoreMode.equals("concat")) {
      addFactor();
    }
  }

  @Override
  Operand<TFloat32> scores(LayerContext context, Operand<TFloat32> query, Operand<TFloat32> key) {
    Ops tf = context.tf();
    if (scoreMode.equals("dot")) {
      Operand<TFloat32> product = product(tf, query, key);
      return scale() == null ? product : tf.math.mul(product, context.weight(scale()));
    }
    Operand<TFloat32> sums = sums(tf, query, key);
    if (scale() != null) {
      sums = tf.math.mul(sums, context.weight(scale()));
    }
    return tf.math.mul(tf.sum(tf.math.tanh(sums), tf.constant(-1)), context.weight(factor()));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Attention.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Attention fromConfig(Config config) {
    Attention layer = new Attention().common(config).attentionFrom(config);
    config.text("score_mode", layer::scoreMode);
    return layer;
  }

  @Override
  void writeScoreMode(Map<String, Object> config) {
    config.put("score_mode", scoreMode);
  }
}
