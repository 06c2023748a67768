package keras.losses;

import java.util.Map;
import keras.internal.losses.Ranks;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Base of the crossentropies: predictions may be logits, or come from them.
 *
 * @param <S> the loss itself
 */
abstract class Crossentropy<S extends Crossentropy<S>> extends KerasLoss<S> {

  private boolean fromLogits;
  private double labelSmoothing;
  private int axis = -1;

  Crossentropy(String name) {
    super(name);
  }

  /**
   * Sets whether predictions are logits, not probabilities.
   *
   * @param value false by default
   * @return this loss
   */
  public S fromLogits(boolean value) {
    fromLogits = value;
    return self();
  }

  /**
   * Sets the axis of the classes.
   *
   * @param value an axis; -1, the last, by default
   * @return this loss
   */
  public S axis(int value) {
    axis = value;
    return self();
  }

  /** With the arguments of a configuration that all crossentropies have. */
  final S crossentropyFrom(Config config) {
    Checks.notNull(getClass().getSimpleName() + ".fromConfig", "config", config);
    config.bool("from_logits", this::fromLogits);
    config.integer("axis", this::axis);
    return common(config);
  }

  final S setLabelSmoothing(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw Errors.in(name(), "labelSmoothing must be a share.")
          .expected("a number from 0 to 1")
          .got(value)
          .fix("labelSmoothing(0.1)")
          .argument();
    }
    labelSmoothing = value;
    return self();
  }

  final int axis() {
    return axis;
  }

  final double smoothing() {
    return labelSmoothing;
  }

  @Override
  public boolean canUseLogits(String activation, Shape yTrue, Shape yPred) {
    return ("softmax".equals(activation) || "sigmoid".equals(activation))
        && Ranks.leavesSecond(yTrue, yPred);
  }

  @Override
  public final Operand<TFloat32> callLogits(
      Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> logits) {
    return compared(
        tf,
        yTrue,
        logits,
        both -> {
          Ranks.checkAxis(name(), axis, both.second().shape());
          return compute(tf, both.first(), both.second(), true);
        });
  }

  @Override
  final Operand<TFloat32> compute(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Ranks.checkAxis(name(), axis, yPred.shape());
    return compute(tf, yTrue, yPred, fromLogits);
  }

  abstract Operand<TFloat32> compute(
      Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred, boolean logits);

  /** Returns the name as error messages begin with. */
  final String where() {
    return "Loss \"" + name() + "\"";
  }

  /** Targets smoothed towards an even distribution over the last axis. */
  final Operand<TFloat32> smoothOverClasses(Ops tf, Operand<TFloat32> yTrue) {
    if (labelSmoothing == 0) {
      return yTrue;
    }
    int last = yTrue.shape().numDimensions() - 1;
    Operand<TFloat32> classes =
        tf.dtypes.cast(
            tf.slice(tf.shape(yTrue), tf.constant(new int[] {last}), tf.constant(new int[] {1})),
            TFloat32.class);
    return Formulas.smooth(tf, yTrue, labelSmoothing, tf.math.div(tf.constant(1f), classes));
  }

  /** Targets smoothed towards one half. */
  final Operand<TFloat32> smoothOverTwo(Ops tf, Operand<TFloat32> yTrue) {
    return Formulas.smooth(tf, yTrue, labelSmoothing, tf.constant(0.5f));
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("from_logits", fromLogits);
    config.put("label_smoothing", labelSmoothing);
    config.put("axis", axis);
    return config;
  }
}
