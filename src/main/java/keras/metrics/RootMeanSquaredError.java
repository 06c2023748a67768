package keras.metrics;

import java.util.Optional;
import keras.internal.losses.Ranks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The root of the mean of squared errors. Keras: {@code keras.metrics.RootMeanSquaredError}.
 *
 * <p>Porting note: as in Keras 3.15.1, it takes no notice of a mask.
 */
public final class RootMeanSquaredError extends KerasMetric<RootMeanSquaredError> {

  /** Keras's defaults. */
  public RootMeanSquaredError() {
    super("root_mean_squared_error");
  }

  @Override
  public Optional<Direction> direction() {
    return Optional.of(Direction.DOWN);
  }

  @Override
  public int size() {
    return Average.SIZE;
  }

  @Override
  Operand<TFloat32> sums(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    Ranks.Pair same = Ranks.squeezeOrExpand(tf, yTrue, yPred);
    Operand<TFloat32> squares = tf.math.squaredDifference(same.second(), same.first());
    return Average.statistics(tf, squares, sampleWeight);
  }

  @Override
  double value(double[] statistics) {
    return Math.sqrt(Average.of(statistics));
  }

  /**
   * Returns a metric of its arguments. Keras: {@code RootMeanSquaredError.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static RootMeanSquaredError fromConfig(Config config) {
    return new RootMeanSquaredError().common(config);
  }
}
