package keras.losses;

import java.util.LinkedHashMap;
import java.util.Map;
import keras.internal.losses.LossReduction;
import keras.internal.messages.Checks;
import keras.internal.messages.Described;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The quantity that training minimises. Keras: {@code keras.losses.Loss(name=None,
 * reduction="sum_over_batch_size")}.
 *
 * <p>A loss of your own extends this class:
 *
 * <pre>{@code
 * final class Cubed extends Loss {
 *   Cubed() {
 *     super("cubed");
 *   }
 *
 *   @Override
 *   public Operand<TFloat32> call(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
 *     Operand<TFloat32> error = tf.math.abs(tf.math.sub(yTrue, yPred));
 *     return tf.math.mean(tf.math.pow(error, tf.constant(3f)), tf.constant(-1));
 *   }
 * }
 * }</pre>
 */
public abstract class Loss implements LossFunction {

  private String name;
  private String reduction = LossReduction.SUM_OVER_BATCH_SIZE;

  /**
   * A loss that is reduced by {@code "sum_over_batch_size"}.
   *
   * @param name its name, as {@code "mean_squared_error"}
   */
  protected Loss(String name) {
    this.name = name;
  }

  /**
   * The name.
   *
   * @return for example {@code "mean_squared_error"}
   */
  public final String name() {
    return name;
  }

  /**
   * Sets the name.
   *
   * @param value any text
   * @return this loss
   */
  public Loss name(String value) {
    name = value;
    return this;
  }

  /**
   * Tells how the values become one number.
   *
   * @return one of Keras's reductions, or null for none
   */
  public final String reduction() {
    return reduction;
  }

  /**
   * Sets how the values become one number.
   *
   * @param value {@code "sum_over_batch_size"} (the default) or {@code "mean"}: their sum, divided
   *     by how many there are; {@code "sum"}; {@code "mean_with_sample_weight"}: their sum, divided
   *     by the sum of the weights; {@code "none"} or null: they are left as they are
   * @return this loss
   * @throws IllegalArgumentException if there is no such reduction
   */
  public Loss reduction(String value) {
    reduction = LossReduction.checked(value);
    return this;
  }

  /** Takes the arguments of a configuration that all losses have. */
  final void commonFrom(Config config) {
    Checks.notNull(getClass().getSimpleName() + ".fromConfig", "config", config);
    config.text("name", this::name);
    if (config.has("reduction")) {
      reduction(config.given("reduction") ? config.text("reduction") : null);
    }
    config.only("dtype", "float32");
  }

  /**
   * Tells whether the loss is computed from what went into the activation, if the predictions come
   * straight out of a softmax or a sigmoid. That keeps apart what float32 rounds to 0 or 1. Only
   * the crossentropies do so.
   *
   * <p>Porting note: as in Keras 3.15.1, a crossentropy takes what went into either activation for
   * its own logits: the categorical one after a sigmoid, the binary one after a softmax.
   *
   * @param activation the name of the activation that gave the predictions
   * @param yTrue the shape of the targets, the batch dimension unknown or known
   * @param yPred the shape of the predictions
   * @return whether to use {@link #callLogits} in place of {@link #call}
   */
  public boolean canUseLogits(String activation, Shape yTrue, Shape yPred) {
    return false;
  }

  /**
   * Adds the ops that compare what went into a softmax or a sigmoid with targets.
   *
   * @param tf where the ops go
   * @param yTrue targets
   * @param logits the activation's arguments, of the predictions' shape
   * @return the same as {@link #call} for the activation's result, but for rounding
   * @throws UnsupportedOperationException if {@link #canUseLogits} says no
   */
  public Operand<TFloat32> callLogits(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> logits) {
    throw new UnsupportedOperationException("Loss \"" + name + "\" knows nothing of logits.");
  }

  /**
   * As {@link #callLogits(Ops, Operand, Operand)}, for a loss that needs the predictions as well.
   *
   * @param tf where the ops go
   * @param yTrue targets
   * @param logits the activation's arguments, of the predictions' shape
   * @param activation the name of the activation that gave the predictions
   * @return the same as {@link #call} for the activation's result, but for rounding
   */
  public Operand<TFloat32> callLogits(
      Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> logits, String activation) {
    return callLogits(tf, yTrue, logits);
  }

  /**
   * Tells which of the values count, where that depends on the targets. A mask of the predictions
   * is joined with this one by "and".
   *
   * @param tf where the ops go
   * @param yTrue targets
   * @param yPred the shape of the predictions
   * @return a mask of the values' shape; null, as for most losses, where all count
   */
  public Operand<TBool> mask(Ops tf, Operand<TFloat32> yTrue, Shape yPred) {
    return null;
  }

  /**
   * Tells which of the values count, where that depends on the values themselves. Only a loss that
   * {@linkplain #needsWholeBatch needs the whole batch} may say so.
   *
   * @param tf where the ops go
   * @param values the result of {@link #call}
   * @return a mask of the values' shape; null, as for most losses, where all count
   */
  public Operand<TBool> maskOfValues(Ops tf, Operand<TFloat32> values) {
    return null;
  }

  /**
   * Tells whether {@link #call} must be given a whole batch at once, since it compares samples with
   * each other or sums over them.
   *
   * @return false for most losses, whose values are each of one sample
   */
  public boolean needsWholeBatch() {
    return false;
  }

  /**
   * Whether there is one value for each of the predictions but for the last dimension, which fixes
   * the shape of the sample weights.
   *
   * @return true for Keras's own losses; false, for a loss of your own, if nothing is known
   */
  public boolean reducesLastAxis() {
    return false;
  }

  /**
   * Looks for targets that make no sense for this loss, before they reach TensorFlow.
   *
   * @param yTrue targets
   * @param yPred the shape of the predictions
   * @throws IllegalArgumentException if there are such targets
   */
  public void checkTargets(FloatNdArray yTrue, Shape yPred) {}

  /**
   * The arguments, by Keras's names.
   *
   * @return the arguments, as Keras's {@code get_config()} gives them
   */
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", name);
    config.put("reduction", reduction);
    return config;
  }

  @Override
  public String toString() {
    return Described.by(this, this::getConfig);
  }
}
