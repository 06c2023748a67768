package keras.metrics;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * How much the regions of all classes overlap with what is predicted, from 0 to 1; targets and
 * predictions are class numbers. Keras: {@code keras.metrics.MeanIoU(num_classes,
 * ignore_class=None, sparse_y_true=True, sparse_y_pred=True)}.
 */
public final class MeanIoU extends Regions<MeanIoU> {

  /**
   * Keras's defaults.
   *
   * @param numClasses how many classes there are
   */
  public MeanIoU(int numClasses) {
    super("mean_io_u", numClasses, Regions.all(numClasses));
  }

  /**
   * A class that does not count, as for what nobody has marked.
   *
   * @param value a class number, often -1 or 255; null, the default, for none
   * @return this metric
   */
  public MeanIoU ignoreClass(Integer value) {
    return setIgnoreClass(value);
  }

  /**
   * Sets whether targets are class numbers.
   *
   * @param value true, the default; false for one-hot vectors, or scores, along the last axis
   * @return this metric
   */
  public MeanIoU sparseYTrue(boolean value) {
    return setSparseYTrue(value);
  }

  /**
   * Sets whether predictions are class numbers.
   *
   * @param value true, the default; false for scores along the last axis
   * @return this metric
   */
  public MeanIoU sparseYPred(boolean value) {
    return setSparseYPred(value);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code MeanIoU.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MeanIoU fromConfig(Config config) {
    Checks.notNull("MeanIoU.fromConfig", "config", config);
    return new MeanIoU(config.integer("num_classes")).regionsFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    return config(
        "num_classes", "name", "dtype", "ignore_class", "sparse_y_true", "sparse_y_pred", "axis");
  }
}
