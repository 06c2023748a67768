package keras.metrics;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * How much regions of some classes overlap with what is predicted, from 0 to 1; targets are one-hot
 * vectors along the last axis. Keras: {@code keras.metrics.OneHotIoU(num_classes, target_class_ids,
 * ignore_class=None, sparse_y_pred=False)}.
 */
public final class OneHotIoU extends Regions<OneHotIoU> {

  /**
   * Keras's defaults.
   *
   * @param numClasses how many classes there are
   * @param targetClassIds the classes that count
   */
  public OneHotIoU(int numClasses, int... targetClassIds) {
    super("one_hot_io_u", numClasses, targetClassIds);
    setSparseYTrue(false);
    setSparseYPred(false);
  }

  /**
   * A class that does not count, as for what nobody has marked.
   *
   * @param value a class number, often -1 or 255; null, the default, for none
   * @return this metric
   */
  public OneHotIoU ignoreClass(Integer value) {
    return setIgnoreClass(value);
  }

  /**
   * Sets whether predictions are class numbers.
   *
   * @param value false, the default, for scores along the last axis
   * @return this metric
   */
  public OneHotIoU sparseYPred(boolean value) {
    return setSparseYPred(value);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code OneHotIoU.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static OneHotIoU fromConfig(Config config) {
    Checks.notNull("OneHotIoU.fromConfig", "config", config);
    return new OneHotIoU(config.integer("num_classes"), config.integers("target_class_ids"))
        .regionsFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    return config(
        "num_classes",
        "target_class_ids",
        "name",
        "dtype",
        "ignore_class",
        "sparse_y_pred",
        "axis");
  }
}
