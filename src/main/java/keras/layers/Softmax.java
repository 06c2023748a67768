package keras.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.activations.Activations;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Turns numbers into probabilities along an axis, or along several together. Keras: {@code
 * keras.layers.Softmax}.
 *
 * <p>Shapes: any → the same. A mask in the shape of the input leaves out single numbers; it is
 * passed on.
 */
public final class Softmax extends KerasLayer<Softmax> {

  private static final float LEFT_OUT = -1e9f;

  private int[] axis = {-1};

  /** Along the last axis. */
  public Softmax() {}

  /**
   * Along which axes the probabilities sum to one.
   *
   * @param axes from 1 (0 is the batch, which cannot be one), or from -1 backwards; -1 by default
   * @return this layer
   * @throws IllegalArgumentException if there is none
   */
  public Softmax axis(int... axes) {
    checkNotFrozen("axis");
    Checks.notNull("Softmax", "axis", axes);
    if (axes.length == 0) {
      throw Errors.in("Softmax.axis", "there must be an axis.")
          .expected("at least one axis")
          .got("none")
          .fix("axis(-1) is the last one")
          .argument();
    }
    axis = axes.clone();
    return this;
  }

  @Override
  boolean builtAtOnce() {
    return true;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.axes(this, axis, inputShape);
    return inputShape;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return hindranceToStreaming(inputShape, axis);
  }

  @Override
  boolean usesMask() {
    return true;
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    MaskedTensor input = inputs.get(0);
    Operand<TBool> mask = input.mask();
    if (mask != null && mask.shape().numDimensions() != input.tensor().shape().numDimensions()) {
      throw Errors.in(toString(), "the mask does not say which numbers to leave out.")
          .expected("a mask in the input's shape " + shape(input.tensor()))
          .got(shape(mask))
          .fix("leave out Masking before it, or use Dense(...).activation(\"softmax\")")
          .argument();
    }
    MaskedTensor output =
        tape.op(
            input.tensor(),
            (context, own) -> {
              Ops tf = context.tf();
              if (mask == null) {
                return softmax(tf, own);
              }
              Operand<TFloat32> kept = tf.select(mask, own, tf.constant(LEFT_OUT));
              return tf.select(mask, softmax(tf, kept), tf.constant(0f));
            });
    return List.of(regularized(tape, output.withMask(mask)));
  }

  private static String shape(Operand<?> tensor) {
    return Errors.shape(tensor.shape().asArray());
  }

  private Operand<TFloat32> softmax(Ops tf, Operand<TFloat32> x) {
    if (axis.length == 1) {
      return Activations.softmax(axis[0]).call(tf, x);
    }
    Operand<TInt32> axes = tf.constant(axis);
    Operand<TFloat32> largest = tf.stopGradient(tf.reduceMax(x, axes, ReduceMax.keepDims(true)));
    Operand<TFloat32> powers = tf.math.exp(tf.math.sub(x, largest));
    return tf.math.div(powers, tf.sum(powers, axes, Sum.keepDims(true)));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Softmax.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Softmax fromConfig(Config config) {
    Softmax layer = new Softmax().common(config);
    if (config.given("axis")) {
      layer.axis(config.integers("axis"));
    }
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("axis", axis.length == 1 ? axis[0] : Arrays.stream(axis).boxed().toList());
    return config;
  }
}
