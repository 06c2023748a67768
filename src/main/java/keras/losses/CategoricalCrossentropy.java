package keras.losses;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The crossentropy of a choice between classes, {@code -sum(y log(p))}, with targets as vectors:
 * {@code (batch, ..., classes) → (batch, ...)}. Keras: {@code
 * keras.losses.CategoricalCrossentropy(from_logits=False, label_smoothing=0.0, axis=-1)}.
 *
 * <p>Predictions that are no logits are scaled to sum to 1.
 */
public final class CategoricalCrossentropy extends Crossentropy<CategoricalCrossentropy> {

  /** Keras's defaults. */
  public CategoricalCrossentropy() {
    super("categorical_crossentropy");
  }

  /**
   * Sets how far targets are moved towards all classes being equally likely.
   *
   * @param value a share from 0, the default, to 1
   * @return this loss
   */
  public CategoricalCrossentropy labelSmoothing(double value) {
    return setLabelSmoothing(value);
  }

  @Override
  Operand<TFloat32> compute(
      Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred, boolean logits) {
    Operand<TFloat32> target = smoothOverClasses(tf, yTrue);
    return logits
        ? Entropy.categoricalFromLogits(tf, where(), target, yPred, axis())
        : Entropy.categorical(tf, where(), target, yPred, axis());
  }

  /**
   * Returns a loss of its arguments. Keras: {@code CategoricalCrossentropy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CategoricalCrossentropy fromConfig(Config config) {
    CategoricalCrossentropy loss = new CategoricalCrossentropy().crossentropyFrom(config);
    config.number("label_smoothing", loss::labelSmoothing);
    return loss;
  }
}
