package keras.metrics;

import java.util.Optional;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How often the largest prediction is at the place of the largest target: {@code (batch, ...,
 * classes)} both. Keras: {@code keras.metrics.CategoricalAccuracy}.
 */
public final class CategoricalAccuracy extends MeanOverSamples<CategoricalAccuracy> {

  /** Keras's defaults. */
  public CategoricalAccuracy() {
    super("categorical_accuracy");
  }

  @Override
  public Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  @Override
  Operand<TFloat32> values(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    return TopClasses.same(tf, TopClasses.first(tf, yTrue), TopClasses.first(tf, yPred));
  }

  @Override
  boolean fits(Shape yTrue, Shape yPred) {
    return TopClasses.compare(yTrue, yPred);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code CategoricalAccuracy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CategoricalAccuracy fromConfig(Config config) {
    return new CategoricalAccuracy().common(config);
  }
}
