package keras.metrics;

import java.util.Map;
import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * How much the regions of all classes overlap with what is predicted, from 0 to 1; targets are
 * one-hot vectors along the last axis. Keras: {@code keras.metrics.OneHotMeanIoU(num_classes,
 * ignore_class=None, sparse_y_pred=False)}.
 */
public final class OneHotMeanIoU extends Regions<OneHotMeanIoU> {

  /**
   * Keras's defaults.
   *
   * @param numClasses how many classes there are
   */
  public OneHotMeanIoU(int numClasses) {
    super("one_hot_mean_io_u", numClasses, Regions.all(numClasses));
    setSparseYTrue(false);
    setSparseYPred(false);
  }

  /**
   * A class that does not count, as for what nobody has marked.
   *
   * @param value a class number, often -1 or 255; null, the default, for none
   * @return this metric
   */
  public OneHotMeanIoU ignoreClass(Integer value) {
    return setIgnoreClass(value);
  }

  /**
   * Sets whether predictions are class numbers.
   *
   * @param value false, the default, for scores along the last axis
   * @return this metric
   */
  public OneHotMeanIoU sparseYPred(boolean value) {
    return setSparseYPred(value);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code OneHotMeanIoU.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static OneHotMeanIoU fromConfig(Config config) {
    Checks.notNull("OneHotMeanIoU.fromConfig", "config", config);
    return new OneHotMeanIoU(config.integer("num_classes")).regionsFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    return config("num_classes", "name", "dtype", "ignore_class", "sparse_y_pred", "axis");
  }
}
