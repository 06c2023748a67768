package keras.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.backend.LayerContext;
import keras.backend.TensorFunction;
import keras.backend.Variable;
import keras.initializers.Initializer;
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
public final class LayerNormalization extends KerasLayer<LayerNormalization> {

  private int[] axis = {-1};
  private double epsilon = 1e-3;
  private boolean center = true;
  private boolean scale = true;
  private final WeightOptions betaOptions = new WeightOptions("beta", "zeros");
  private final WeightOptions gammaOptions = new WeightOptions("gamma", "ones");
  private Variable gamma;
  private Variable beta;

  /** Along the last axis. */
  public LayerNormalization() {
    hasSeedsToDraw();
  }

  /**
   * Along which axes a sample is normalized.
   *
   * @param axes from 1 (0 is the batch, which cannot be one), or from -1 backwards; -1 by default
   * @return this layer
   */
  public LayerNormalization axis(int... axes) {
    checkNotFrozen("axis");
    axis = axes.clone();
    return this;
  }

  /**
   * Sets the number that is added to the variance.
   *
   * @param value 1e-3 by default
   * @return this layer
   */
  public LayerNormalization epsilon(double value) {
    checkNotFrozen("epsilon");
    epsilon = value;
    return this;
  }

  /**
   * Sets whether there is a {@code beta}.
   *
   * @param value true by default
   * @return this layer
   */
  public LayerNormalization center(boolean value) {
    checkNotFrozen("center");
    center = value;
    return this;
  }

  /**
   * Sets whether there is a {@code gamma}.
   *
   * @param value true by default
   * @return this layer
   */
  public LayerNormalization scale(boolean value) {
    checkNotFrozen("scale");
    scale = value;
    return this;
  }

  /**
   * Names how {@code beta} starts.
   *
   * @param name of an initializer; {@code "zeros"} by default
   * @return this layer
   */
  public LayerNormalization betaInitializer(String name) {
    checkNotFrozen("betaInitializer");
    betaOptions.initializer(this, name);
    return this;
  }

  /**
   * Sets how {@code beta} starts.
   *
   * @param value an initializer; {@code "zeros"} by default
   * @return this layer
   */
  public LayerNormalization betaInitializer(Initializer value) {
    checkNotFrozen("betaInitializer");
    betaOptions.initializer(this, value);
    return this;
  }

  /**
   * Names a penalty on {@code beta}.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public LayerNormalization betaRegularizer(String name) {
    checkNotFrozen("betaRegularizer");
    betaOptions.regularizer(name);
    return this;
  }

  /**
   * Sets a penalty on {@code beta}.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public LayerNormalization betaRegularizer(TensorFunction function) {
    checkNotFrozen("betaRegularizer");
    betaOptions.regularizer(function);
    return this;
  }

  /**
   * Names what {@code beta} is put through after each update.
   *
   * @param name of a constraint; none by default
   * @return this layer
   */
  public LayerNormalization betaConstraint(String name) {
    checkNotFrozen("betaConstraint");
    betaOptions.constraint(name);
    return this;
  }

  /**
   * Sets what {@code beta} is put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return this layer
   */
  public LayerNormalization betaConstraint(TensorFunction function) {
    checkNotFrozen("betaConstraint");
    betaOptions.constraint(function);
    return this;
  }

  /**
   * Names how {@code gamma} starts.
   *
   * @param name of an initializer; {@code "ones"} by default
   * @return this layer
   */
  public LayerNormalization gammaInitializer(String name) {
    checkNotFrozen("gammaInitializer");
    gammaOptions.initializer(this, name);
    return this;
  }

  /**
   * Sets how {@code gamma} starts.
   *
   * @param value an initializer; {@code "ones"} by default
   * @return this layer
   */
  public LayerNormalization gammaInitializer(Initializer value) {
    checkNotFrozen("gammaInitializer");
    gammaOptions.initializer(this, value);
    return this;
  }

  /**
   * Names a penalty on {@code gamma}.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public LayerNormalization gammaRegularizer(String name) {
    checkNotFrozen("gammaRegularizer");
    gammaOptions.regularizer(name);
    return this;
  }

  /**
   * Sets a penalty on {@code gamma}.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public LayerNormalization gammaRegularizer(TensorFunction function) {
    checkNotFrozen("gammaRegularizer");
    gammaOptions.regularizer(function);
    return this;
  }

  /**
   * Names what {@code gamma} is put through after each update.
   *
   * @param name of a constraint; none by default
   * @return this layer
   */
  public LayerNormalization gammaConstraint(String name) {
    checkNotFrozen("gammaConstraint");
    gammaOptions.constraint(name);
    return this;
  }

  /**
   * Sets what {@code gamma} is put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return this layer
   */
  public LayerNormalization gammaConstraint(TensorFunction function) {
    checkNotFrozen("gammaConstraint");
    gammaOptions.constraint(function);
    return this;
  }

  @Override
  void drawSeeds() {
    betaOptions.initializer().drawSeed();
    gammaOptions.initializer().drawSeed();
  }

  @Override
  protected void build(Shape inputShape) {
    axis = Arrays.stream(axis).sorted().toArray();
    Shape shape = parameterShape(computeOutputShape(inputShape));
    if (scale) {
      gamma = addWeight("gamma", shape, gammaOptions);
    }
    if (center) {
      beta = addWeight("beta", shape, betaOptions);
    }
  }

  private Shape parameterShape(Shape inputShape) {
    int rank = inputShape.numDimensions();
    long[] sizes =
        Arrays.stream(axis).mapToLong(each -> inputShape.get(Math.floorMod(each, rank))).toArray();
    if (Arrays.stream(sizes).anyMatch(size -> size < 0)) {
      throw Arguments.wrongShape(
          this,
          "the sizes of the axes must be known.",
          "known sizes of the axes " + Arrays.toString(axis),
          inputShape,
          "give these sizes in the model's Input, and leave the batch out of axis(...)");
    }
    return Shape.of(sizes);
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
    Operand<TFloat32> factor = tf.math.rsqrt(tf.math.add(variance, tf.constant((float) epsilon)));
    if (scale) {
      factor = tf.math.mul(factor, spread(context, gamma, inputs.shape()));
    }
    Operand<TFloat32> offset = tf.math.mul(tf.math.neg(mean), factor);
    if (center) {
      offset = tf.math.add(offset, spread(context, beta, inputs.shape()));
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
    config.number("epsilon", layer::epsilon);
    config.bool("center", layer::center);
    config.bool("scale", layer::scale);
    config.only("rms_scaling", false);
    layer.betaOptions.read(layer, config);
    layer.gammaOptions.read(layer, config);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    boolean single = axis.length == 1 && !built();
    config.put("axis", single ? axis[0] : Arrays.stream(axis).boxed().toList());
    config.put("epsilon", epsilon);
    config.put("center", center);
    config.put("scale", scale);
    config.put("rms_scaling", false);
    List<WeightOptions> weights = List.of(betaOptions, gammaOptions);
    WeightOptions.writeInitializers(config, weights);
    WeightOptions.writeRegularizers(config, weights);
    WeightOptions.writeConstraints(config, weights);
    return config;
  }
}
