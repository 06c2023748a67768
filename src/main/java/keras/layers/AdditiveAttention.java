package keras.layers;

import java.util.List;
import keras.backend.LayerContext;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gives for each query the mean of all values, weighted by the sum over {@code tanh(query + key)},
 * with a weight for each feature. Keras: {@code keras.layers.AdditiveAttention}.
 *
 * <p>Shapes and masks are those of {@link Attention}.
 *
 * @see <a href="https://arxiv.org/abs/1409.0473">Bahdanau et al., Neural machine translation by
 *     jointly learning to align and translate (2014)</a>
 */
public final class AdditiveAttention extends ScoredAttention<AdditiveAttention> {

  /** With a weight for each feature. */
  public AdditiveAttention() {
    super(true);
  }

  @Override
  protected void build(List<Shape> inputShapes) {
    Shape query = inputShapes.get(0);
    addScale(Arguments.sizes(this, new int[] {-1}, query), "glorot_uniform");
  }

  @Override
  Operand<TFloat32> scores(LayerContext context, Operand<TFloat32> query, Operand<TFloat32> key) {
    Ops tf = context.tf();
    Operand<TFloat32> each = tf.math.tanh(sums(tf, query, key));
    return tf.sum(
        scale() == null ? each : tf.math.mul(each, context.weight(scale())), tf.constant(-1));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code AdditiveAttention.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static AdditiveAttention fromConfig(Config config) {
    return new AdditiveAttention().common(config).attentionFrom(config);
  }
}
