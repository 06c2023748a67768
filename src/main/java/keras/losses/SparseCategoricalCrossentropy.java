package keras.losses;

import java.util.Map;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The crossentropy of a choice between classes, with targets as class numbers: targets {@code
 * (batch, ...)} or {@code (batch, ..., 1)}, predictions {@code (batch, ..., classes)}, values
 * {@code (batch, ...)}. Keras: {@code keras.losses.SparseCategoricalCrossentropy(from_logits=False,
 * ignore_class=None, axis=-1)}.
 *
 * <p>A target that is no class number makes the value NaN; {@link #checkTargets} finds it before.
 */
public final class SparseCategoricalCrossentropy
    extends Crossentropy<SparseCategoricalCrossentropy> {

  private Integer ignoreClass;

  /** Keras's defaults. */
  public SparseCategoricalCrossentropy() {
    super("sparse_categorical_crossentropy");
  }

  /**
   * A class that does not count, as for padding.
   *
   * @param value a class number, often 0 or -1; null, the default, for none
   * @return this loss
   */
  public SparseCategoricalCrossentropy ignoreClass(Integer value) {
    ignoreClass = value;
    return this;
  }

  @Override
  public boolean canUseLogits(String activation, Shape yTrue, Shape yPred) {
    return ignoreClass == null && super.canUseLogits(activation, yTrue, yPred);
  }

  @Override
  Operand<TFloat32> compute(
      Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred, boolean logits) {
    if (axis() != -1 && axis() != yPred.shape().numDimensions() - 1) {
      throw Errors.in(where(), "the classes must lie along the last axis.")
          .expected("axis(-1)")
          .got("axis(" + axis() + ")")
          .fix("put a Permute layer at the end of the model")
          .argument();
    }
    Operand<TFloat32> labels = ClassNumbers.of(where(), tf, yTrue, yPred.shape());
    Operand<TFloat32> scores = yPred;
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TBool> counts = null;
    if (ignoreClass != null) {
      counts = counts(tf, labels);
      labels = tf.select(counts, labels, zero);
      scores = tf.select(tf.expandDims(counts, tf.constant(-1)), scores, zero);
    }
    if (!logits) {
      scores = tf.math.log(Formulas.clipProbabilities(tf, scores));
    }
    Operand<TFloat32> values = Entropy.sparseFromLogits(tf, where(), labels, scores);
    return counts == null ? values : tf.select(counts, values, zero);
  }

  @Override
  public Operand<TBool> mask(Ops tf, Operand<TFloat32> yTrue, Shape yPred) {
    return ignoreClass == null ? null : counts(tf, ClassNumbers.of(where(), tf, yTrue, yPred));
  }

  private Operand<TBool> counts(Ops tf, Operand<TFloat32> labels) {
    return tf.math.notEqual(labels, tf.constant(ignoreClass.floatValue()));
  }

  @Override
  public void checkTargets(FloatNdArray yTrue, Shape yPred) {
    ClassNumbers.check(where(), yTrue, yPred, ignoreClass);
  }

  /**
   * Returns a loss of its arguments. Keras: {@code SparseCategoricalCrossentropy.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new loss
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SparseCategoricalCrossentropy fromConfig(Config config) {
    SparseCategoricalCrossentropy loss =
        new SparseCategoricalCrossentropy().crossentropyFrom(config);
    if (config.given("ignore_class")) {
      loss.ignoreClass(config.integer("ignore_class"));
    }
    return loss;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.remove("label_smoothing");
    config.remove("axis");
    config.put("ignore_class", ignoreClass);
    return config;
  }
}
