package keras.metrics;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * How often the right class is among those of the k largest predictions: targets are class numbers
 * {@code (batch, ...)}, predictions {@code (batch, ..., classes)}. Keras: {@code
 * keras.metrics.SparseTopKCategoricalAccuracy(k=5, from_sorted_ids=False)}.
 */
public final class SparseTopKCategoricalAccuracy
    extends MeanOverSamples<SparseTopKCategoricalAccuracy> {

  private int k = 5;
  private boolean fromSortedIds;

  /** Keras's defaults. */
  public SparseTopKCategoricalAccuracy() {
    super("sparse_top_k_categorical_accuracy");
  }

  /**
   * How many of the largest predictions to look at.
   *
   * @param value 5 by default
   * @return this metric
   */
  public SparseTopKCategoricalAccuracy k(int value) {
    k = value;
    return this;
  }

  /**
   * Sets whether predictions are class numbers, the likeliest first.
   *
   * @param value false by default
   * @return this metric
   */
  public SparseTopKCategoricalAccuracy fromSortedIds(boolean value) {
    fromSortedIds = value;
    return this;
  }

  @Override
  public Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  @Override
  Operand<TFloat32> values(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> labels = TopClasses.labels(tf, yTrue, yPred.shape());
    return fromSortedIds
        ? amongFirst(tf, labels, yPred)
        : TopClasses.amongLargest(tf, labels, yPred, k);
  }

  /** 1 where a class number is among the first k that a prediction lists. */
  private Operand<TFloat32> amongFirst(Ops tf, Operand<TFloat32> labels, Operand<TFloat32> ids) {
    Shape shape = ids.shape();
    int last = shape.numDimensions() - 1;
    TopClasses.checkOnePerPrediction(labels.shape(), shape.take(last));
    int[] begin = new int[last + 1];
    int[] size = new int[last + 1];
    Arrays.fill(size, -1);
    size[last] = shape.get(last) < 0 ? k : (int) Math.min(k, shape.get(last));
    Operand<TFloat32> first = tf.slice(ids, tf.constant(begin), tf.constant(size));
    Operand<TInt32> end = tf.constant(-1);
    return tf.dtypes.cast(
        tf.reduceAny(tf.math.equal(tf.expandDims(labels, end), first), end), TFloat32.class);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code SparseTopKCategoricalAccuracy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SparseTopKCategoricalAccuracy fromConfig(Config config) {
    SparseTopKCategoricalAccuracy metric = new SparseTopKCategoricalAccuracy().common(config);
    config.integer("k", metric::k);
    config.bool("from_sorted_ids", metric::fromSortedIds);
    return metric;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("k", k);
    if (fromSortedIds) {
      config.put("from_sorted_ids", true);
    }
    return config;
  }

  @Override
  void checkFit(Shape yTrue, Shape yPred) {
    checkClasses(yTrue, yPred);
  }
}
