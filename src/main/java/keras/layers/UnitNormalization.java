package keras.layers;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import keras.backend.LayerContext;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;

/**
 * Divides each sample by its length along some axes, the root of the sum of squares. Keras: {@code
 * keras.layers.UnitNormalization}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 */
public final class UnitNormalization extends KerasLayer<UnitNormalization> {

  private static final float SHORTEST = 1e-12f;

  private int[] axis = {-1};
  private boolean listed;

  /** Along the last axis. */
  public UnitNormalization() {}

  /**
   * Sets the axis along which a sample has a length of one.
   *
   * @param value from 1 (0 is the batch), or from -1 backwards; -1 by default
   * @return this layer
   */
  public UnitNormalization axis(int value) {
    return axis(false, value);
  }

  /**
   * Sets several axes along which a sample has a length of one.
   *
   * @param axes from 1 (0 is the batch), or from -1 backwards
   * @return this layer
   */
  public UnitNormalization axis(int... axes) {
    return axis(true, axes);
  }

  private UnitNormalization axis(boolean asList, int... axes) {
    checkNotFrozen("axis");
    Checks.notNull("UnitNormalization", "axis", axes);
    axis = axes.clone();
    listed = asList;
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
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Operand<TFloat32> squares =
        tf.sum(tf.math.square(inputs), tf.constant(axis), Sum.keepDims(true));
    Operand<TFloat32> factor = tf.math.minimum(tf.math.rsqrt(squares), tf.constant(1 / SHORTEST));
    return tf.math.mul(inputs, factor);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code UnitNormalization.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static UnitNormalization fromConfig(Config config) {
    UnitNormalization layer = new UnitNormalization().common(config);
    if (config.given("axis")) {
      layer.axis(config.value("axis") instanceof java.util.List, config.integers("axis"));
    }
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("axis", listed ? Arrays.stream(axis).boxed().toList() : (Object) axis[0]);
    return config;
  }
}
