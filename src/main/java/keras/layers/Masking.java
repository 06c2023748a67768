package keras.layers;

import java.util.List;
import java.util.Map;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAny;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Masks the timesteps whose features all have a certain value, so that the layers after it leave
 * them out. Keras: {@code keras.layers.Masking}.
 *
 * <p>Shapes: (batch, timesteps, features) → the same, zero where masked, with a mask (batch,
 * timesteps). Inputs with further dimensions get a mask for all of them but the last.
 */
public final class Masking extends KerasLayer<Masking> {

  private double maskValue;

  /** Masks timesteps that are all zero. */
  public Masking() {}

  /**
   * Sets the value that stands for nothing.
   *
   * @param value 0 by default
   * @return this layer
   */
  public Masking maskValue(double value) {
    checkNotFrozen("maskValue");
    maskValue = value;
    return this;
  }

  @Override
  boolean builtAtOnce() {
    return true;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.leastRank(
        this,
        inputShape,
        2,
        "(batch, timesteps, features)",
        "give samples of (timesteps, features) to the model");
    return inputShape;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    Ops tf = tape.tf();
    Operand<TFloat32> tensor = inputs.get(0).tensor();
    Operand<TBool> present =
        tf.reduceAny(
            tf.math.notEqual(tensor, tf.constant((float) maskValue)),
            tf.constant(-1),
            ReduceAny.keepDims(true));
    MaskedTensor output =
        tape.op(
            tensor,
            (context, own) -> context.tf().select(present, own, context.tf().zerosLike(own)));
    Operand<TBool> mask = tf.squeeze(present, org.tensorflow.op.core.Squeeze.axis(List.of(-1L)));
    return List.of(regularized(tape, output.withMask(mask)));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Masking.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Masking fromConfig(Config config) {
    Masking layer = new Masking().common(config);
    config.number("mask_value", layer::maskValue);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("mask_value", maskValue);
    return config;
  }
}
