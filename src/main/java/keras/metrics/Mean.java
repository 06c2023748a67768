package keras.metrics;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The weighted mean of values. Keras: {@code keras.metrics.Mean}. It is fed with values, not with
 * targets and predictions, and so cannot be given to {@code compile}.
 */
public final class Mean extends KerasMetric<Mean> {

  /** Keras's defaults. */
  public Mean() {
    super("mean");
  }

  @Override
  public int size() {
    return Average.SIZE;
  }

  /**
   * Takes values into account. Where there are several per sample, that is per row, their mean
   * counts.
   *
   * @param values Java array, NdArray or a single number
   */
  public void updateState(Object values) {
    updateState(values, null);
  }

  /**
   * Takes weighted values into account.
   *
   * @param values Java array, NdArray or a single number
   * @param sampleWeight weights per row, or of the values' shape; null for none
   */
  @Override
  public void updateState(Object values, Object sampleWeight) {
    FloatNdArray array = array("values", values);
    FloatNdArray weights = array("sampleWeight", sampleWeight);
    accumulateNow(
        tf ->
            Average.statistics(
                tf, tf.constant(array), weights == null ? null : tf.constant(weights)));
  }

  @Override
  Operand<TFloat32> sums(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    throw Values.notForModels(this);
  }

  @Override
  double value(double[] statistics) {
    return Average.of(statistics);
  }

  /** The targets are not looked at. */
  @Override
  void checkFit(Shape yTrue, Shape yPred) {}

  /**
   * A metric of its arguments. Keras: {@code Mean.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Mean fromConfig(Config config) {
    return new Mean().common(config);
  }
}
