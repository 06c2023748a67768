package keras.layers;

import java.util.Arrays;
import java.util.List;
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
import org.tensorflow.types.TFloat32;

/**
 * A rectifier that learns how much of a negative value it lets through: {@code x} above zero,
 * {@code alpha · x} below. Keras: {@code keras.layers.PReLU}.
 *
 * <p>Shapes: any → the same; {@code alpha} has the shape of a sample, with 1 for shared axes. A
 * mask is passed on.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al., Delving deep into rectifiers
 *     (2015)</a>
 */
public final class PReLU extends Layer<PReLU> {

  private Initializer alphaInitializer = Initializers.get("zeros");
  private TensorFunction alphaRegularizer;
  private TensorFunction alphaConstraint;
  private int[] sharedAxes;
  private Variable alpha;

  /** With an alpha of its own for each number of a sample. */
  public PReLU() {
    SeedOrder.add(this);
  }

  /**
   * The first value of {@code alpha}.
   *
   * @param identifier an {@link Initializer} or its name; {@code "zeros"} by default
   * @return this layer
   */
  public PReLU alphaInitializer(Object identifier) {
    checkNotFrozen("alphaInitializer");
    alphaInitializer = Arguments.initializer(this, "alphaInitializer", identifier);
    return this;
  }

  /**
   * A penalty on {@code alpha}.
   *
   * @param identifier a regularizer, its name, or null for none (the default)
   * @return this layer
   */
  public PReLU alphaRegularizer(Object identifier) {
    checkNotFrozen("alphaRegularizer");
    alphaRegularizer = Regularizers.get(identifier);
    return this;
  }

  /**
   * What {@code alpha} is put through after each update.
   *
   * @param identifier a constraint, its name, or null for none (the default)
   * @return this layer
   */
  public PReLU alphaConstraint(Object identifier) {
    checkNotFrozen("alphaConstraint");
    alphaConstraint = Constraints.get(identifier);
    return this;
  }

  /**
   * The axes along which {@code alpha} is the same.
   *
   * @param axes counted from 1, the batch being 0; 1 shares over the timesteps
   * @return this layer
   */
  public PReLU sharedAxes(int... axes) {
    checkNotFrozen("sharedAxes");
    sharedAxes = axes.clone();
    return this;
  }

  @Override
  protected void drawSeeds() {
    alphaInitializer.drawSeed();
  }

  @Override
  protected void build(Shape inputShape) {
    long[] sizes = inputShape.tail().asArray();
    for (int axis : sharedAxes == null ? new int[0] : sharedAxes) {
      if (axis < 1 || axis > sizes.length) {
        throw Arguments.wrongShape(
            this,
            "sharedAxes names an axis that the input does not have.",
            "axes from 1 to " + sizes.length,
            inputShape,
            "sharedAxes has " + Arrays.toString(sharedAxes) + "; the batch is 0");
      }
      sizes[axis - 1] = 1;
    }
    if (Arrays.stream(sizes).anyMatch(size -> size < 0)) {
      throw Arguments.wrongShape(
          this,
          "the shape of a sample must be known, but for shared axes.",
          "(batch, ...) with all sizes known",
          inputShape,
          "sharedAxes(1) gives all timesteps the same alpha");
    }
    alpha =
        addWeight("alpha", Shape.of(sizes), alphaInitializer, alphaRegularizer, alphaConstraint);
  }

  @Override
  public Optional<String> hindranceToStreaming(Shape inputShape) {
    return alpha.shape().get(0) == 1
        ? Optional.empty()
        : Optional.of("it has weights of its own for each timestep");
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected Operand<TFloat32> call(Call call, Operand<TFloat32> inputs) {
    Ops tf = call.tf();
    Operand<TFloat32> below = tf.nn.relu(tf.math.neg(inputs));
    return tf.math.sub(tf.nn.relu(inputs), tf.math.mul(call.weight(alpha), below));
  }

  /**
   * A layer of its arguments. Keras: {@code PReLU.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static PReLU fromConfig(Config config) {
    PReLU layer = new PReLU().common(config);
    config.object("alpha_initializer", layer::alphaInitializer);
    config.identifier("alpha_regularizer", layer::alphaRegularizer);
    config.identifier("alpha_constraint", layer::alphaConstraint);
    if (config.given("shared_axes")) {
      layer.sharedAxes(config.integers("shared_axes"));
    }
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("alpha_initializer", Initializers.serialize(alphaInitializer));
    config.put("alpha_regularizer", Regularizers.serialize(alphaRegularizer));
    config.put("alpha_constraint", Constraints.serialize(alphaConstraint));
    List<Integer> axes = sharedAxes == null ? null : Arrays.stream(sharedAxes).boxed().toList();
    config.put("shared_axes", axes);
    return config;
  }
}
