package keras.layers;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import keras.backend.Call;
import keras.backend.TensorFunction;
import keras.backend.Variable;
import keras.constraints.Constraints;
import keras.initializers.Initializer;
import keras.initializers.Initializers;
import keras.random.SeedOrder;
import keras.regularizers.Regularizers;
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
public final class LayerNormalization extends Layer<LayerNormalization> {

  private int[] axis = {-1};
  private double epsilon = 1e-3;
  private boolean center = true;
  private boolean scale = true;
  private Initializer betaInitializer = Initializers.get("zeros");
  private Initializer gammaInitializer = Initializers.get("ones");
  private TensorFunction betaRegularizer;
  private TensorFunction gammaRegularizer;
  private TensorFunction betaConstraint;
  private TensorFunction gammaConstraint;
  private Variable gamma;
  private Variable beta;

  /** Along the last axis. */
  public LayerNormalization() {
    SeedOrder.add(this);
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
   * What is added to the variance.
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
   * Whether there is a {@code beta}.
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
   * Whether there is a {@code gamma}.
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
   * The first value of {@code beta}.
   *
   * @param identifier an {@link Initializer} or its name; {@code "zeros"} by default
   * @return this layer
   */
  public LayerNormalization betaInitializer(Object identifier) {
    checkNotFrozen("betaInitializer");
    betaInitializer = Arguments.initializer(this, "betaInitializer", identifier);
    return this;
  }

  /**
   * The first value of {@code gamma}.
   *
   * @param identifier an {@link Initializer} or its name; {@code "ones"} by default
   * @return this layer
   */
  public LayerNormalization gammaInitializer(Object identifier) {
    checkNotFrozen("gammaInitializer");
    gammaInitializer = Arguments.initializer(this, "gammaInitializer", identifier);
    return this;
  }

  /**
   * A penalty on {@code beta}.
   *
   * @param identifier a regularizer, its name, or null for none (the default)
   * @return this layer
   */
  public LayerNormalization betaRegularizer(Object identifier) {
    checkNotFrozen("betaRegularizer");
    betaRegularizer = Regularizers.get(identifier);
    return this;
  }

  /**
   * A penalty on {@code gamma}.
   *
   * @param identifier a regularizer, its name, or null for none (the default)
   * @return this layer
   */
  public LayerNormalization gammaRegularizer(Object identifier) {
    checkNotFrozen("gammaRegularizer");
    gammaRegularizer = Regularizers.get(identifier);
    return this;
  }

  /**
   * What {@code beta} is put through after each update.
   *
   * @param identifier a constraint, its name, or null for none (the default)
   * @return this layer
   */
  public LayerNormalization betaConstraint(Object identifier) {
    checkNotFrozen("betaConstraint");
    betaConstraint = Constraints.get(identifier);
    return this;
  }

  /**
   * What {@code gamma} is put through after each update.
   *
   * @param identifier a constraint, its name, or null for none (the default)
   * @return this layer
   */
  public LayerNormalization gammaConstraint(Object identifier) {
    checkNotFrozen("gammaConstraint");
    gammaConstraint = Constraints.get(identifier);
    return this;
  }

  @Override
  protected void drawSeeds() {
    betaInitializer.drawSeed();
    gammaInitializer.drawSeed();
  }

  @Override
  protected void build(Shape inputShape) {
    axis = Arrays.stream(axis).sorted().toArray();
    Shape shape = parameterShape(computeOutputShape(inputShape));
    if (scale) {
      gamma = addWeight("gamma", shape, gammaInitializer, gammaRegularizer, gammaConstraint);
    }
    if (center) {
      beta = addWeight("beta", shape, betaInitializer, betaRegularizer, betaConstraint);
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
  public Optional<String> hindranceToStreaming(Shape inputShape) {
    return hindranceToStreaming(inputShape, axis);
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected Operand<TFloat32> call(Call call, Operand<TFloat32> inputs) {
    Ops tf = call.tf();
    Operand<TInt32> axes = tf.constant(axis);
    Operand<TFloat32> mean = tf.math.mean(inputs, axes, Mean.keepDims(true));
    Operand<TFloat32> variance =
        tf.math.mean(
            tf.math.squaredDifference(inputs, tf.stopGradient(mean)), axes, Mean.keepDims(true));
    Operand<TFloat32> factor = tf.math.rsqrt(tf.math.add(variance, tf.constant((float) epsilon)));
    if (scale) {
      factor = tf.math.mul(factor, spread(call, gamma, inputs.shape()));
    }
    Operand<TFloat32> offset = tf.math.mul(tf.math.neg(mean), factor);
    if (center) {
      offset = tf.math.add(offset, spread(call, beta, inputs.shape()));
    }
    return tf.math.add(tf.math.mul(inputs, factor), offset);
  }

  /** A parameter in a shape that goes with the inputs: 1 but for the axes. */
  private Operand<TFloat32> spread(Call call, Variable parameter, Shape inputShape) {
    int rank = inputShape.numDimensions();
    int[] sizes = new int[rank];
    Arrays.fill(sizes, 1);
    for (int each : axis) {
      int at = Math.floorMod(each, rank);
      sizes[at] = (int) inputShape.get(at);
    }
    return call.tf().reshape(call.weight(parameter), call.tf().constant(sizes));
  }

  /**
   * A layer of its arguments. Keras: {@code LayerNormalization.from_config}.
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
    config.object("beta_initializer", layer::betaInitializer);
    config.object("gamma_initializer", layer::gammaInitializer);
    config.identifier("beta_regularizer", layer::betaRegularizer);
    config.identifier("gamma_regularizer", layer::gammaRegularizer);
    config.identifier("beta_constraint", layer::betaConstraint);
    config.identifier("gamma_constraint", layer::gammaConstraint);
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
    config.put("beta_initializer", Initializers.serialize(betaInitializer));
    config.put("gamma_initializer", Initializers.serialize(gammaInitializer));
    config.put("beta_regularizer", Regularizers.serialize(betaRegularizer));
    config.put("gamma_regularizer", Regularizers.serialize(gammaRegularizer));
    config.put("beta_constraint", Constraints.serialize(betaConstraint));
    config.put("gamma_constraint", Constraints.serialize(gammaConstraint));
    return config;
  }
}
