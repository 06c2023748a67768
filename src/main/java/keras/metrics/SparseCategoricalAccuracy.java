package keras.metrics;

import java.util.Optional;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How often the largest prediction is that of the right class: targets are class numbers {@code
 * (batch, ...)} or {@code (batch, ..., 1)}, predictions {@code (batch, ..., classes)}. Keras:
 * {@code keras.metrics.SparseCategoricalAccuracy}.
 */
public final class SparseCategoricalAccuracy extends MeanOverSamples<SparseCategoricalAccuracy> {

  /** Keras's defaults. */
  public SparseCategoricalAccuracy() {
    super("sparse_categorical_accuracy");
  }

  @Override
  public Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }

  @Override
  Operand<TFloat32> values(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> labels = TopClasses.labels(tf, yTrue, yPred.shape());
    return TopClasses.same(tf, labels, TopClasses.first(tf, yPred));
  }

  @Override
  void checkFit(Shape yTrue, Shape yPred) {
    checkClasses(yTrue, yPred);
  }

  /**
   * Returns a metric of its arguments. Keras: {@code SparseCategoricalAccuracy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SparseCategoricalAccuracy fromConfig(Config config) {
    return new SparseCategoricalAccuracy().common(config);
  }
}
