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
import org.tensorflow.types.TInt32;

/**
 * Gives each sample a mean of zero and a variance of one along some axes, then scales it by {@code
 * gamma} and moves it by {@code beta}. Keras: {@code keras.layers.LayerNormalization}.
 *
 * <p>Shapes: any → the same; {@code gamma} and {@code beta} have the sizes of the axes. A mask is
 * passed on.
 *
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba et al., Layer normalization (2016)</a>
 */
public final class LayerNormalization extends Normalizing<LayerNormalization> {

  private int[] axis = {-1};

  /** Along the last axis. */
  public LayerNormalization() {}

  /**
   * Along which axes a sample is normalized.
   *
   * @param axes from 1 (0 is the batch, which cannot be one), or from -1 backwards; -1 by default
   * @return this layer
   */
  public LayerNormalization axis(int... axes) {
    checkNotFrozen("axis");
    Checks.notNull("LayerNormalization", "axis", axes);
    axis = axes.clone();
    return this;
  }

  @Override
  protected void build(Shape inputShape) {
    axis = Arrays.stream(axis).sorted().toArray();
    addGammaAndBeta(Arguments.sizes(this, axis, computeOutputShape(inputShape)));
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
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Operand<TInt32> axes = tf.constant(axis);
    Operand<TFloat32> mean = tf.math.mean(inputs, axes, Mean.keepDims(true));
    Operand<TFloat32> variance =
        tf.math.mean(
            tf.math.squaredDifference(inputs, tf.stopGradient(mean)), axes, Mean.keepDims(true));
    Operand<TFloat32> factor = tf.math.rsqrt(tf.math.add(variance, tf.constant((float) epsilon())));
    if (gamma() != null) {
      factor = tf.math.mul(factor, spread(context, gamma(), inputs.shape()));
    }
    Operand<TFloat32> offset = tf.math.mul(tf.math.neg(mean), factor);
    if (beta() != null) {
      offset = tf.math.add(offset, spread(context, beta(), inputs.shape()));
    }
    return tf.math.add(tf.math.mul(inputs, factor), offset);
  }

  /** Returns a parameter in a shape that goes with the inputs: 1 but for the axes. */
  private Operand<TFloat32> spread(LayerContext context, Variable parameter, Shape inputShape) {
    int rank = inputShape.numDimensions();
    int[] sizes = new int[rank];
    Arrays.fill(sizes, 1);
    for (int each : axis) {
      int at = Math.floorMod(each, rank);
      sizes[at] = (int) inputShape.get(at);
    }
    return context.tf().reshape(context.weight(parameter), context.tf().constant(sizes));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code LayerNormalization.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static LayerNormalization fromConfig(Config config) {
    LayerNormalization layer = new LayerNormalization().common(config);
    if (config.given("axis")) {
      layer.axis(config.integers("axis"));
    }
    config.only("rms_scaling", false);
    return layer.normalizingFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    boolean single = axis.length == 1 && !built();
    config.put("axis", single ? axis[0] : Arrays.stream(axis).boxed().toList());
    writeScaling(config);
    config.put("rms_scaling", false);
    writeInitializers(config);
    writeRegularizersAndConstraints(config);
    return config;
  }
}
