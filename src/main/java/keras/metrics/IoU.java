package keras.metrics;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * How much regions of some classes overlap with what is predicted, from 0 to 1; targets and
 * predictions are class numbers. Keras: {@code keras.metrics.IoU(num_classes, target_class_ids,
 * ignore_class=None, sparse_y_true=True, sparse_y_pred=True)}.
 */
public final class IoU extends Regions<IoU> {

  /**
   * Keras's defaults.
   *
   * @param numClasses how many classes there are
   * @param targetClassIds the classes that count
   */
  public IoU(int numClasses, int... targetClassIds) {
    super("io_u", numClasses, targetClassIds);
  }

  /**
   * A class that does not count, as for what nobody has marked.
   *
   * @param value a class number, often -1 or 255; null, the default, for none
   * @return this metric
   */
  public IoU ignoreClass(Integer value) {
    return setIgnoreClass(value);
  }

  /**
   * Sets whether targets are class numbers.
   *
   * @param value true, the default; false for one-hot vectors, or scores, along the last axis
   * @return this metric
   */
  public IoU sparseYTrue(boolean value) {
    return setSparseYTrue(value);
  }

  /**
   * Sets whether predictions are class numbers.
   *
   * @param value true, the default; false for scores along the last axis
   * @return this metric
   */
  public IoU sparseYPred(boolean value) {
    return setSparseYPred(value);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code IoU.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static IoU fromConfig(Config config) {
    Checks.notNull("IoU.fromConfig", "config", config);
    return new IoU(config.integer("num_classes"), config.integers("target_class_ids"))
        .regionsFrom(config);
  }
}
