package keras.metrics;

import java.util.Map;
import java.util.Optional;
import keras.internal.losses.Ranks;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Base of the metrics that tell how much two vectors go up and down together.
 *
 * @param <S> the metric itself
 */
abstract class Correlation<S extends Correlation<S>> extends MeanOverSamples<S> {

  private int axis = -1;

  Correlation(String name) {
    super(name);
  }

  /**
   * Along which axis the vectors lie.
   *
   * @param value an axis; -1, the last, by default
   * @return this metric
   */
  public S axis(int value) {
    axis = value;
    return self();
  }

  @Override
  public final Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  @Override
  final Operand<TFloat32> values(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Ranks.Pair same = Ranks.squeezeOrExpand(tf, yTrue, yPred);
    Ranks.checkAxis(name(), axis, same.second().shape());
    return tf.math.mean(products(tf, same.first(), same.second()), tf.constant(axis));
  }

  /** Returns what the correlation is the mean of. */
  abstract Operand<TFloat32> products(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred);

  final Operand<TFloat32> mean(Ops tf, Operand<TFloat32> x) {
    return tf.math.mean(x, tf.constant(axis), Mean.keepDims(true));
  }

  final Operand<TFloat32> variance(Ops tf, Operand<TFloat32> x) {
    return mean(tf, tf.math.squaredDifference(x, mean(tf, x)));
  }

  /** With the arguments of a configuration that all of these metrics have. */
  final S correlationFrom(Config config) {
    Checks.notNull(getClass().getSimpleName() + ".fromConfig", "config", config);
    if (config.has("axis")) {
      axis(config.integer("axis"));
    }
    return common(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("axis", axis);
    return config;
  }
}
