package keras.losses;

import keras.internal.losses.Ranks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How little two vectors point the same way, {@code -sum(l2_normalize(yTrue) l2_normalize(yPred))}:
 * {@code (batch, ..., features) → (batch, ...)}. Keras: {@code
 * keras.losses.CosineSimilarity(axis=-1)}. From -1, the same direction, to 1.
 */
public final class CosineSimilarity extends KerasLoss<CosineSimilarity> {

  private int axis = -1;

  /** Keras's defaults. */
  public CosineSimilarity() {
    super("cosine_similarity");
  }

  /**
   * Along which axis the vectors lie.
   *
   * @param value an axis; -1, the last, by default
   * @return this loss
   */
  public CosineSimilarity axis(int value) {
    axis = value;
    return this;
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Ranks.checkAxis(name(), axis, yPred.shape());
    Operand<TFloat32> agreement =
        tf.math.mul(Formulas.normalize(tf, yTrue, axis), Formulas.normalize(tf, yPred, axis));
    return tf.math.neg(tf.sum(agreement, tf.constant(axis)));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code CosineSimilarity.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CosineSimilarity fromConfig(Config config) {
    CosineSimilarity loss = new CosineSimilarity().common(config);
    config.integer("axis", loss::axis);
    return loss;
  }
}
