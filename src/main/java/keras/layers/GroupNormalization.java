package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.internal.graph.Dims;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Gives each group of features of a sample a mean of zero and a variance of one, then scales it by
 * {@code gamma} and moves it by {@code beta}. Keras: {@code keras.layers.GroupNormalization}.
 *
 * <p>Shapes: any → the same; {@code gamma} and {@code beta} have one number for each feature. A
 * mask is passed on.
 *
 * @see <a href="https://arxiv.org/abs/1803.08494">Wu and He, Group normalization (2018)</a>
 */
public final class GroupNormalization extends Normalizing<GroupNormalization> {

  private int groups = 32;
  private int axis = -1;
  private int features;

  /** With 32 groups. */
  public GroupNormalization() {}

  /**
   * Sets into how many groups the features are parted.
   *
   * @param value a divisor of the number of features; -1 for each feature by itself; 32 by default
   * @return this layer
   * @throws IllegalArgumentException if it is neither positive nor -1
   */
  public GroupNormalization groups(int value) {
    checkNotFrozen("groups");
    if (value < 1 && value != -1) {
      throw Errors.in("GroupNormalization", "groups does not fit.")
          .expected("a positive number, or -1 for each feature by itself")
          .got(value)
          .fix("groups(2)")
          .argument();
    }
    groups = value;
    return this;
  }

  /**
   * Sets the axis of the features.
   *
   * @param value -1 by default
   * @return this layer
   */
  public GroupNormalization axis(int value) {
    checkNotFrozen("axis");
    axis = value;
    return this;
  }

  @Override
  protected void build(Shape inputShape) {
    Shape sizes = Arguments.sizes(this, new int[] {axis}, computeOutputShape(inputShape));
    if (groups == -1) {
      groups = (int) sizes.get(0);
    }
    if (sizes.get(0) % groups != 0) {
      throw Arguments.wrongShape(
          this,
          "its features cannot be parted into " + groups + " groups.",
          "a multiple of " + groups + " features",
          inputShape,
          "choose groups that divide the features");
    }
    this.features = (int) sizes.get(0);
    addGammaAndBeta(sizes);
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.axes(this, new int[] {axis}, inputShape);
    return inputShape;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return inputShape.numDimensions() == 2
        ? Optional.empty()
        : Optional.of("it takes the mean of all timesteps");
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    int rank = inputs.shape().numDimensions();
    int place = Math.floorMod(axis, rank);
    int width = features / groups;
    List<Operand<TInt32>> sizes = new ArrayList<>(Dims.from(tf, inputs, 0));
    sizes.set(place, tf.constant(width));
    sizes.add(place, tf.constant(groups));
    Operand<TFloat32> parted = tf.reshape(inputs, Dims.shape(tf, sizes));
    Operand<TInt32> within =
        tf.constant(IntStream.rangeClosed(1, rank).filter(each -> each != place).toArray());
    Operand<TFloat32> mean = tf.math.mean(parted, within, Mean.keepDims(true));
    Operand<TFloat32> variance =
        tf.math.mean(
            tf.math.squaredDifference(parted, tf.stopGradient(mean)), within, Mean.keepDims(true));
    Operand<TFloat32> factor = tf.math.rsqrt(tf.math.add(variance, tf.constant((float) epsilon())));
    int[] spread = new int[rank + 1];
    Arrays.fill(spread, 1);
    spread[place] = groups;
    spread[place + 1] = width;
    if (gamma() != null) {
      factor = tf.math.mul(factor, spread(context, gamma(), spread));
    }
    Operand<TFloat32> offset = tf.math.mul(tf.math.neg(mean), factor);
    if (beta() != null) {
      offset = tf.math.add(offset, spread(context, beta(), spread));
    }
    Operand<TFloat32> normalized = tf.math.add(tf.math.mul(parted, factor), offset);
    return tf.reshape(normalized, Dims.shape(tf, Dims.from(tf, inputs, 0)));
  }

  private static Operand<TFloat32> spread(LayerContext context, Variable parameter, int... sizes) {
    return context.tf().reshape(context.weight(parameter), context.tf().constant(sizes));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code GroupNormalization.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static GroupNormalization fromConfig(Config config) {
    GroupNormalization layer = new GroupNormalization().common(config);
    config.integer("groups", layer::groups);
    config.integer("axis", layer::axis);
    return layer.normalizingFrom(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("groups", groups);
    config.put("axis", axis);
    writeScaling(config);
    writeInitializers(config);
    writeRegularizersAndConstraints(config);
    return config;
  }
}
