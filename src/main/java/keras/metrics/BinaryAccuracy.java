package keras.metrics;

import java.util.Map;
import java.util.Optional;
import keras.internal.losses.Ranks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How often predictions lie on the side of a threshold that targets of 0 and 1 say. Keras: {@code
 * keras.metrics.BinaryAccuracy(threshold=0.5)}.
 */
public final class BinaryAccuracy extends MeanOverSamples<BinaryAccuracy> {

  private double threshold = 0.5;

  /** Keras's defaults. */
  public BinaryAccuracy() {
    super("binary_accuracy");
  }

  /**
   * Above what a prediction counts as 1.
   *
   * @param value 0.5 by default
   * @return this metric
   */
  public BinaryAccuracy threshold(double value) {
    threshold = value;
    return this;
  }

  @Override
  public Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  @Override
  Operand<TFloat32> values(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Ranks.Pair same = Ranks.squeezeOrExpand(tf, yTrue, yPred);
    Operand<TFloat32> decided =
        tf.dtypes.cast(
            tf.math.greater(same.second(), tf.constant((float) threshold)), TFloat32.class);
    return tf.dtypes.cast(tf.math.equal(same.first(), decided), TFloat32.class);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code BinaryAccuracy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static BinaryAccuracy fromConfig(Config config) {
    BinaryAccuracy metric = new BinaryAccuracy().common(config);
    config.number("threshold", metric::threshold);
    return metric;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("threshold", threshold);
    return config;
  }
}
