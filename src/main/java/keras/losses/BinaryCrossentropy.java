package keras.losses;

import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The crossentropy of yes-or-no predictions, {@code -mean(y log(p) + (1 - y) log(1 - p))}: {@code
 * (batch, ..., features) → (batch, ...)}. Keras: {@code
 * keras.losses.BinaryCrossentropy(from_logits=False, label_smoothing=0.0, axis=-1)}; {@code axis}
 * is the one that the mean is taken along.
 */
public final class BinaryCrossentropy extends Crossentropy<BinaryCrossentropy> {

  /** Keras's defaults. */
  public BinaryCrossentropy() {
    super("binary_crossentropy");
  }

  /**
   * Sets how far targets are moved towards one half.
   *
   * @param value a share from 0, the default, to 1
   * @return this loss
   */
  public BinaryCrossentropy labelSmoothing(double value) {
    return setLabelSmoothing(value);
  }

  @Override
  Operand<TFloat32> compute(
      Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred, boolean logits) {
    Operand<TFloat32> target = smoothOverTwo(tf, yTrue);
    Operand<TFloat32> each =
        logits
            ? Entropy.binaryFromLogits(tf, where(), target, yPred)
            : Entropy.binary(tf, where(), target, yPred);
    return tf.math.mean(each, tf.constant(axis()));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code BinaryCrossentropy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static BinaryCrossentropy fromConfig(Config config) {
    BinaryCrossentropy loss = new BinaryCrossentropy().crossentropyFrom(config);
    config.number("label_smoothing", loss::labelSmoothing);
    return loss;
  }
}
