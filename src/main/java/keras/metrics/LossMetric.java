package keras.metrics;

import java.util.Optional;
import keras.internal.messages.Checks;
import keras.losses.Loss;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * A loss as a metric: the mean of its values over samples.
 *
 * @param <S> the metric itself
 */
abstract class LossMetric<S extends LossMetric<S>> extends MeanOverSamples<S> {

  private final Loss loss;

  LossMetric(String name, Loss loss) {
    super(name);
    this.loss = loss;
  }

  @Override
  public final Optional<Direction> direction() {
    return Optional.of(Direction.DOWN);
  }

  @Override
  final Operand<TFloat32> values(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    return loss.call(tf, yTrue, yPred);
  }

  @Override
  final Operand<TFloat32> sums(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    Operand<TFloat32> weights = weights(tf, yTrue, yPred.shape(), sampleWeight, mask);
    return Average.statistics(tf, loss.call(tf, yTrue, yPred), weights);
  }

  @Override
  public final boolean canUseLogits(String activation, Shape yTrue, Shape yPred) {
    return loss.canUseLogits(activation, yTrue, yPred);
  }

  @Override
  public final Operand<TFloat32> statisticsFromLogits(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> logits,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    Checks.operands(where(), tf, yTrue, logits);
    Operand<TFloat32> weights = weights(tf, yTrue, logits.shape(), sampleWeight, mask);
    return Average.statistics(tf, loss.callLogits(tf, yTrue, logits), weights);
  }

  /**
   * Porting note: as in Keras 3.15.1, values that the loss itself ignores count as 0, unless there
   * are weights or a mask: then they do not count.
   */
  private Operand<TFloat32> weights(
      Ops tf,
      Operand<TFloat32> yTrue,
      Shape yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    Operand<TFloat32> weights = Average.masked(tf, sampleWeight, mask);
    return weights == null ? null : Average.masked(tf, weights, loss.mask(tf, yTrue, yPred));
  }
}
