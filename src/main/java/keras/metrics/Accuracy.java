package keras.metrics;

import java.util.Optional;
import keras.internal.losses.Ranks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How often predictions equal targets. Keras: {@code keras.metrics.Accuracy}. The name {@code
 * "accuracy"} in {@code compile} stands for one of the other accuracies, see {@link Metrics}.
 */
public final class Accuracy extends MeanOverSamples<Accuracy> {

  /** Keras's defaults. */
  public Accuracy() {
    super("accuracy");
  }

  @Override
  public Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  @Override
  Operand<TFloat32> values(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Ranks.Pair same = Ranks.squeezeOrExpand(tf, yTrue, yPred);
    return tf.dtypes.cast(tf.math.equal(same.first(), same.second()), TFloat32.class);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code Accuracy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Accuracy fromConfig(Config config) {
    return new Accuracy().common(config);
  }
}
