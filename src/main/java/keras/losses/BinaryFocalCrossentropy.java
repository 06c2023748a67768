package keras.losses;

import java.util.Map;
import keras.activations.Activations;
import keras.internal.losses.Ranks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The binary crossentropy with less weight on what is predicted well, {@code mean((1 - pt)^gamma
 * bce)} with {@code pt} the probability given to the truth: {@code (batch, ..., features) → (batch,
 * ...)}. Keras: {@code keras.losses.BinaryFocalCrossentropy(apply_class_balancing=False,
 * alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1)}. Paper: <a
 * href="https://arxiv.org/abs/1708.02002">Lin et al., 2018</a>.
 */
public final class BinaryFocalCrossentropy extends Crossentropy<BinaryFocalCrossentropy> {

  private boolean applyClassBalancing;
  private double alpha = 0.25;
  private double gamma = 2;

  /** Keras's defaults. */
  public BinaryFocalCrossentropy() {
    super("binary_focal_crossentropy");
  }

  /**
   * Whether to weigh the classes.
   *
   * @param value false by default
   * @return this loss
   */
  public BinaryFocalCrossentropy applyClassBalancing(boolean value) {
    applyClassBalancing = value;
    return this;
  }

  /**
   * Sets the weight of class 1 with class balancing; class 0 has the rest to 1.
   *
   * @param value 0.25 by default
   * @return this loss
   */
  public BinaryFocalCrossentropy alpha(double value) {
    alpha = value;
    return this;
  }

  /**
   * Sets how strongly well-predicted elements lose weight.
   *
   * @param value an exponent; 2 by default
   * @return this loss
   */
  public BinaryFocalCrossentropy gamma(double value) {
    gamma = value;
    return this;
  }

  /**
   * Sets how far targets are moved towards one half.
   *
   * @param value a share from 0, the default, to 1
   * @return this loss
   */
  public BinaryFocalCrossentropy labelSmoothing(double value) {
    return setLabelSmoothing(value);
  }

  /** As in Keras, the entropy is that of the logits, and the focus that of the predictions. */
  @Override
  public Operand<TFloat32> callLogits(
      Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> logits, String activation) {
    return compared(
        tf,
        yTrue,
        logits,
        both -> {
          Operand<TFloat32> y = smoothOverTwo(tf, both.first());
          Operand<TFloat32> p = Activations.get(activation).call(tf, logits);
          return focused(tf, y, p, Entropy.binaryFromLogits(tf, where(), y, logits));
        });
  }

  @Override
  Operand<TFloat32> compute(
      Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred, boolean logits) {
    Operand<TFloat32> y = smoothOverTwo(tf, yTrue);
    return logits
        ? focused(tf, y, tf.math.sigmoid(yPred), Entropy.binaryFromLogits(tf, where(), y, yPred))
        : focused(tf, y, yPred, Entropy.binary(tf, where(), y, yPred));
  }

  private Operand<TFloat32> focused(
      Ops tf, Operand<TFloat32> y, Operand<TFloat32> p, Operand<TFloat32> entropy) {
    Ranks.checkAxis(name(), axis(), p.shape());
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> truth = mix(tf, y, p, tf.math.sub(one, p));
    Operand<TFloat32> focus = tf.math.pow(tf.math.sub(one, truth), tf.constant((float) gamma));
    Operand<TFloat32> each = tf.math.mul(focus, entropy);
    if (applyClassBalancing) {
      Operand<TFloat32> weight =
          mix(tf, y, tf.constant((float) alpha), tf.constant((float) (1 - alpha)));
      each = tf.math.mul(weight, each);
    }
    return tf.math.mean(each, tf.constant(axis()));
  }

  /** {@code y a + (1 - y) b}. */
  private static Operand<TFloat32> mix(
      Ops tf, Operand<TFloat32> y, Operand<TFloat32> a, Operand<TFloat32> b) {
    return tf.math.add(tf.math.mul(y, a), tf.math.mul(tf.math.sub(tf.constant(1f), y), b));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code BinaryFocalCrossentropy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static BinaryFocalCrossentropy fromConfig(Config config) {
    BinaryFocalCrossentropy loss = new BinaryFocalCrossentropy().crossentropyFrom(config);
    config.bool("apply_class_balancing", loss::applyClassBalancing);
    config.number("alpha", loss::alpha);
    config.number("gamma", loss::gamma);
    config.number("label_smoothing", loss::labelSmoothing);
    return loss;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("apply_class_balancing", applyClassBalancing);
    config.put("alpha", alpha);
    config.put("gamma", gamma);
    return config;
  }
}
