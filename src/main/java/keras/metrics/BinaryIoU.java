package keras.metrics;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * How much a region overlaps with what is predicted with a probability, from 0 to 1. Keras: {@code
 * keras.metrics.BinaryIoU(target_class_ids=(0, 1), threshold=0.5)}.
 */
public final class BinaryIoU extends Regions<BinaryIoU> {

  private double threshold = 0.5;

  /** Keras's defaults: both what is inside, 1, and what is outside, 0, count. */
  public BinaryIoU() {
    this(0, 1);
  }

  /**
   * With other classes than both.
   *
   * @param targetClassIds 0 for what is outside, 1 for what is inside, or both
   */
  public BinaryIoU(int... targetClassIds) {
    super("binary_io_u", 2, targetClassIds);
  }

  /**
   * Sets from what on a prediction counts as 1.
   *
   * @param value a number from 0 to 1; 0.5 by default
   * @return this metric
   */
  public BinaryIoU threshold(double value) {
    threshold = value;
    return this;
  }

  @Override
  Operand<TInt32> predicted(Ops tf, Operand<TFloat32> yPred) {
    return tf.dtypes.cast(
        tf.math.greaterEqual(yPred, tf.constant((float) threshold)), TInt32.class);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code BinaryIoU.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static BinaryIoU fromConfig(Config config) {
    Checks.notNull("BinaryIoU.fromConfig", "config", config);
    BinaryIoU metric =
        config.given("target_class_ids")
            ? new BinaryIoU(config.integers("target_class_ids"))
            : new BinaryIoU();
    config.number("threshold", metric::threshold);
    return metric.regionsFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = config("target_class_ids");
    config.put("threshold", threshold);
    config.putAll(config("name", "dtype"));
    return config;
  }
}
