package keras.layers;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Divides each sample by the root of its mean square along some axes, then scales it by {@code
 * scale}. Keras: {@code keras.layers.RMSNormalization}.
 *
 * <p>Shapes: any → the same; {@code scale} has the sizes of the axes. A mask is not passed on.
 *
 * @see <a href="https://arxiv.org/abs/1910.07467">Zhang and Sennrich, Root mean square layer
 *     normalization (2019)</a>
 */
public final class RMSNormalization extends KerasLayer<RMSNormalization> {

  private int[] axis = {-1};
  private double epsilon = 1e-6;
  private Variable scale;

  /** Along the last axis. */
  public RMSNormalization() {}

  /**
   * Along which axes a sample is normalized.
   *
   * @param axes the last axis or axes, as {@code scale} is multiplied with these; -1 by default
   * @return this layer
   */
  public RMSNormalization axis(int... axes) {
    checkNotFrozen("axis");
    Checks.notNull("RMSNormalization", "axis", axes);
    axis = axes.clone();
    return this;
  }

  /**
   * Sets the number that is added to the mean square.
   *
   * @param value 1e-6 by default
   * @return this layer
   */
  public RMSNormalization epsilon(double value) {
    checkNotFrozen("epsilon");
    epsilon = value;
    return this;
  }

  @Override
  protected void build(Shape inputShape) {
    axis = Arrays.stream(axis).sorted().toArray();
    Shape shape = Arguments.sizes(this, axis, computeOutputShape(inputShape));
    scale = addWeight("scale", shape, options -> options.initializer("ones"));
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.axes(this, axis, inputShape);
    return inputShape;
  }

  @Override
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return hindranceToStreaming(inputShape, axis);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Operand<TFloat32> squares =
        tf.math.mean(tf.math.square(inputs), tf.constant(axis), Mean.keepDims(true));
    Operand<TFloat32> factor = tf.math.rsqrt(tf.math.add(squares, tf.constant((float) epsilon)));
    return tf.math.mul(tf.math.mul(inputs, factor), context.weight(scale));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code RMSNormalization.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static RMSNormalization fromConfig(Config config) {
    RMSNormalization layer = new RMSNormalization().common(config);
    if (config.given("axis")) {
      layer.axis(config.integers("axis"));
    }
    config.number("epsilon", layer::epsilon);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    boolean single = axis.length == 1 && !built();
    config.put("axis", single ? axis[0] : Arrays.stream(axis).boxed().toList());
    config.put("epsilon", epsilon);
    return config;
  }
}
