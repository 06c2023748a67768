package keras.metrics;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The mean of one value per sample or per timestep. Keras: {@code MeanMetricWrapper}.
 *
 * @param <S> the metric itself
 */
abstract class MeanOverSamples<S extends MeanOverSamples<S>> extends KerasMetric<S> {

  MeanOverSamples(String name) {
    super(name);
  }

  /** Returns the values to be averaged. */
  abstract Operand<TFloat32> values(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred);

  @Override
  public final int size() {
    return Average.SIZE;
  }

  @Override
  Operand<TFloat32> sums(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    Operand<TFloat32> weights = Average.masked(tf, sampleWeight, mask);
    return Average.statistics(tf, values(tf, yTrue, yPred), weights);
  }

  @Override
  final double value(double[] statistics) {
    return Average.of(statistics);
  }
}
