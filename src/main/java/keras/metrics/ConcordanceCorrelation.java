package keras.metrics;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How near two vectors come to being the same, from -1 to 1: the correlation, less for another mean
 * or deviation. Keras: {@code keras.metrics.ConcordanceCorrelation(axis=-1)}.
 */
public final class ConcordanceCorrelation extends Correlation<ConcordanceCorrelation> {

  private static final float EPSILON = 1e-7f;

  /** Keras's defaults. */
  public ConcordanceCorrelation() {
    super("concordance_correlation");
  }

  /** Porting note: as in Keras 3.15.1, the mean of the predictions is taken off the targets too. */
  @Override
  Operand<TFloat32> products(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> trueMean = mean(tf, yTrue);
    Operand<TFloat32> predictedMean = mean(tf, yPred);
    Operand<TFloat32> together =
        tf.math.mul(tf.math.sub(yTrue, predictedMean), tf.math.sub(yPred, predictedMean));
    Operand<TFloat32> variances = tf.math.add(variance(tf, yTrue), variance(tf, yPred));
    Operand<TFloat32> whole =
        tf.math.add(variances, tf.math.squaredDifference(trueMean, predictedMean));
    return tf.math.div(
        tf.math.mul(tf.constant(2f), together), tf.math.add(whole, tf.constant(EPSILON)));
  }

  /**
   * Returns a metric of its arguments. Keras: {@code ConcordanceCorrelation.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static ConcordanceCorrelation fromConfig(Config config) {
    return new ConcordanceCorrelation().correlationFrom(config);
  }
}
