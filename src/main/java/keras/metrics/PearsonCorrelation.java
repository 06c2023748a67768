package keras.metrics;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How near two vectors come to lying on a line, from -1 to 1. Keras: {@code
 * keras.metrics.PearsonCorrelation(axis=-1)}.
 */
public final class PearsonCorrelation extends Correlation<PearsonCorrelation> {

  /** Keras's defaults. */
  public PearsonCorrelation() {
    super("pearson_correlation");
  }

  @Override
  Operand<TFloat32> products(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    return tf.math.mul(standard(tf, yTrue), standard(tf, yPred));
  }

  /** With a mean of 0 and a deviation of 1. */
  private Operand<TFloat32> standard(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> centered = tf.math.sub(x, mean(tf, x));
    return tf.math.div(centered, tf.math.sqrt(variance(tf, centered)));
  }

  /**
   * Returns a metric of its arguments. Keras: {@code PearsonCorrelation.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static PearsonCorrelation fromConfig(Config config) {
    return new PearsonCorrelation().correlationFrom(config);
  }
}
