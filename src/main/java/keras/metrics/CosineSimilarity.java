package keras.metrics;

import java.util.Optional;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How much two vectors point the same way, from -1 to 1: the loss of that name with the other sign.
 * Keras: {@code keras.metrics.CosineSimilarity(axis=-1)}.
 */
public final class CosineSimilarity extends MeanOverSamples<CosineSimilarity> {

  private final keras.losses.CosineSimilarity loss = new keras.losses.CosineSimilarity();

  /** Keras's defaults. */
  public CosineSimilarity() {
    super("cosine_similarity");
  }

  /**
   * Along which axis the vectors lie.
   *
   * @param value an axis; -1, the last, by default
   * @return this metric
   */
  public CosineSimilarity axis(int value) {
    loss.axis(value);
    return this;
  }

  @Override
  public Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  @Override
  Operand<TFloat32> values(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    return tf.math.neg(loss.call(tf, yTrue, yPred));
  }

  /**
   * Returns a metric of its arguments. Keras: {@code CosineSimilarity.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CosineSimilarity fromConfig(Config config) {
    CosineSimilarity metric = new CosineSimilarity().common(config);
    config.integer("axis", metric::axis);
    return metric;
  }
}
