package keras.losses;

import java.util.Map;
import keras.activations.Activations;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The categorical crossentropy with less weight on what is predicted well, {@code sum(alpha (1 -
 * p)^gamma (-y log(p)))}: {@code (batch, ..., classes) → (batch, ...)}. Keras: {@code
 * keras.losses.CategoricalFocalCrossentropy(alpha=0.25, gamma=2.0, from_logits=False,
 * label_smoothing=0.0, axis=-1)}. Paper: <a href="https://arxiv.org/abs/1708.02002">Lin et al.,
 * 2018</a>.
 */
public final class CategoricalFocalCrossentropy extends Crossentropy<CategoricalFocalCrossentropy> {

  private double alpha = 0.25;
  private double gamma = 2;

  /** Keras's defaults. */
  public CategoricalFocalCrossentropy() {
    super("categorical_focal_crossentropy");
  }

  /**
   * A factor on the whole.
   *
   * @param value 0.25 by default
   * @return this loss
   */
  public CategoricalFocalCrossentropy alpha(double value) {
    alpha = value;
    return this;
  }

  /**
   * Sets how strongly well-predicted classes lose weight.
   *
   * @param value an exponent; 2 by default
   * @return this loss
   */
  public CategoricalFocalCrossentropy gamma(double value) {
    gamma = value;
    return this;
  }

  /**
   * Sets how far targets are moved towards all classes being equally likely.
   *
   * @param value a share from 0, the default, to 1
   * @return this loss
   */
  public CategoricalFocalCrossentropy labelSmoothing(double value) {
    return setLabelSmoothing(value);
  }

  /** Never: as in Keras, this crossentropy is always computed from the activation's result. */
  @Override
  public boolean canUseLogits(String activation, Shape yTrue, Shape yPred) {
    return false;
  }

  @Override
  Operand<TFloat32> compute(
      Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred, boolean logits) {
    Operand<TFloat32> y = smoothOverClasses(tf, yTrue);
    Operand<TFloat32> output = logits ? Activations.softmax(axis()).call(tf, yPred) : yPred;
    Operand<TFloat32> p = Entropy.probabilities(tf, output, axis());
    Operand<TFloat32> entropy = tf.math.mul(tf.math.neg(y), tf.math.log(p));
    Operand<TFloat32> focus =
        tf.math.pow(tf.math.sub(tf.constant(1f), p), tf.constant((float) gamma));
    Operand<TFloat32> weight = tf.math.mul(focus, tf.constant((float) alpha));
    return tf.sum(tf.math.mul(weight, entropy), tf.constant(axis()));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code CategoricalFocalCrossentropy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CategoricalFocalCrossentropy fromConfig(Config config) {
    CategoricalFocalCrossentropy loss = new CategoricalFocalCrossentropy().crossentropyFrom(config);
    config.number("alpha", loss::alpha);
    config.number("gamma", loss::gamma);
    config.number("label_smoothing", loss::labelSmoothing);
    return loss;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("alpha", alpha);
    config.put("gamma", gamma);
    return config;
  }
}
