package keras.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keras.backend.LayerContext;
import keras.backend.TensorFunction;
import keras.backend.Variable;
import keras.initializers.Initializer;
import keras.internal.messages.Checks;
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
public final class PReLU extends KerasLayer<PReLU> {

  private final WeightOptions alphaOptions = new WeightOptions("alpha", "zeros");
  private int[] sharedAxes;
  private Variable alpha;

  /** With an alpha of its own for each number of a sample. */
  public PReLU() {
    hasSeedsToDraw();
  }

  /**
   * Names how {@code alpha} starts.
   *
   * @param name of an initializer; {@code "zeros"} by default
   * @return this layer
   */
  public PReLU alphaInitializer(String name) {
    checkNotFrozen("alphaInitializer");
    alphaOptions.initializer(this, name);
    return this;
  }

  /**
   * Sets how {@code alpha} starts.
   *
   * @param value an initializer; {@code "zeros"} by default
   * @return this layer
   */
  public PReLU alphaInitializer(Initializer value) {
    checkNotFrozen("alphaInitializer");
    alphaOptions.initializer(this, value);
    return this;
  }

  /**
   * Names a penalty on {@code alpha}.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public PReLU alphaRegularizer(String name) {
    checkNotFrozen("alphaRegularizer");
    alphaOptions.regularizer(name);
    return this;
  }

  /**
   * Sets a penalty on {@code alpha}.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public PReLU alphaRegularizer(TensorFunction function) {
    checkNotFrozen("alphaRegularizer");
    alphaOptions.regularizer(function);
    return this;
  }

  /**
   * Names what {@code alpha} is put through after each update.
   *
   * @param name of a constraint; none by default
   * @return this layer
   */
  public PReLU alphaConstraint(String name) {
    checkNotFrozen("alphaConstraint");
    alphaOptions.constraint(name);
    return this;
  }

  /**
   * Sets what {@code alpha} is put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return this layer
   */
  public PReLU alphaConstraint(TensorFunction function) {
    checkNotFrozen("alphaConstraint");
    alphaOptions.constraint(function);
    return this;
  }

  /**
   * Sets the axes along which {@code alpha} is the same.
   *
   * @param axes counted from 1, the batch being 0; 1 shares over the timesteps
   * @return this layer
   */
  public PReLU sharedAxes(int... axes) {
    checkNotFrozen("sharedAxes");
    Checks.notNull("PReLU", "sharedAxes", axes);
    sharedAxes = axes.clone();
    return this;
  }

  @Override
  void drawSeeds() {
    alphaOptions.initializer().drawSeed();
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
    alpha = addWeight("alpha", Shape.of(sizes), alphaOptions);
  }

  @Override
  Optional<String> hindranceToStreaming(Shape inputShape) {
    return alpha.shape().get(0) == 1
        ? Optional.empty()
        : Optional.of("it has weights of its own for each timestep");
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Operand<TFloat32> below = tf.nn.relu(tf.math.neg(inputs));
    return tf.math.sub(tf.nn.relu(inputs), tf.math.mul(context.weight(alpha), below));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code PReLU.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static PReLU fromConfig(Config config) {
    PReLU layer = new PReLU().common(config);
    layer.alphaOptions.read(layer, config);
    if (config.given("shared_axes")) {
      layer.sharedAxes(config.integers("shared_axes"));
    }
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    List<WeightOptions> weights = List.of(alphaOptions);
    WeightOptions.writeInitializers(config, weights);
    WeightOptions.writeRegularizers(config, weights);
    WeightOptions.writeConstraints(config, weights);
    List<Integer> axes = sharedAxes == null ? null : Arrays.stream(sharedAxes).boxed().toList();
    config.put("shared_axes", axes);
    return config;
  }
}
