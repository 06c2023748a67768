package keras.losses;

import java.util.Map;
import keras.internal.losses.Ranks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A crossentropy that wrong labels disturb less, {@code (1 - p^q) / q} where {@code p} is the
 * probability of the true class: targets {@code (batch)} or {@code (batch, 1)} as class numbers,
 * predictions {@code (batch, classes)}, values {@code (batch)}. Keras: {@code
 * keras.losses.CategoricalGeneralizedCrossEntropy(q=0.5)}. Paper: <a
 * href="https://arxiv.org/abs/1805.07836">Zhang and Sabuncu, 2018</a>.
 *
 * <p>Porting note: for targets {@code (batch, 1)} Keras 3.15.1 compares each target with each
 * prediction; here they are the same as {@code (batch)}, as its documentation says.
 */
public final class CategoricalGeneralizedCrossEntropy
    extends KerasLoss<CategoricalGeneralizedCrossEntropy> {

  private double q = 0.5;

  /** Keras's defaults. */
  public CategoricalGeneralizedCrossEntropy() {
    super("categorical_generalized_cross_entropy");
  }

  /**
   * Sets how little wrong labels count.
   *
   * @param value between 0, near which this is the crossentropy, and 1, near which it is the
   *     absolute error; 0.5 by default
   * @return this loss
   */
  public CategoricalGeneralizedCrossEntropy q(double value) {
    if (!(value > 0 && value < 1)) {
      throw Errors.in(where(), "q must lie between 0 and 1.")
          .expected("a number above 0 and below 1")
          .got(value)
          .fix("q(0.5)")
          .argument();
    }
    q = value;
    return this;
  }

  private String where() {
    return "Loss \"" + name() + "\"";
  }

  @Override
  public void checkTargets(FloatNdArray yTrue, Shape yPred) {
    ClassNumbers.check(where(), yTrue, yPred, null);
  }

  @Override
  Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TInt32> classes =
        tf.dtypes.cast(ClassNumbers.of(where(), tf, yTrue, yPred.shape()), TInt32.class);
    Operand<TFloat32> oneHot =
        tf.oneHot(
            classes,
            tf.constant((int) Ranks.last(yPred.shape())),
            tf.constant(1f),
            tf.constant(0f));
    Operand<TFloat32> p = Formulas.sumOfLast(tf, tf.math.mul(yPred, oneHot));
    Operand<TFloat32> missing =
        tf.math.sub(tf.constant(1f), tf.math.pow(p, tf.constant((float) q)));
    return tf.math.div(missing, tf.constant((float) q));
  }

  /**
   * Returns a loss of its arguments. Keras: {@code CategoricalGeneralizedCrossEntropy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CategoricalGeneralizedCrossEntropy fromConfig(Config config) {
    CategoricalGeneralizedCrossEntropy loss =
        new CategoricalGeneralizedCrossEntropy().common(config);
    config.number("q", loss::q);
    return loss;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("q", q);
    return config;
  }
}
