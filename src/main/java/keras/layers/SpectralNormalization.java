package keras.layers;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import keras.backend.Variable;
import keras.initializers.TruncatedNormal;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.weights.WeightGroup;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Divides the kernel of the layer inside by its largest singular value, at the beginning of each
 * training step. Keras: {@code keras.layers.SpectralNormalization(layer, power_iterations=1)}.
 *
 * <p>Shapes: those of the layer inside, which has a {@code kernel}: {@code Dense} or a convolution.
 * The singular value is found by iteration, from where the step before has left it.
 *
 * <p>Porting note: a layer that a model calls twice is normalized once a step, in Keras twice; an
 * {@code Embedding} is refused.
 *
 * @see <a href="https://arxiv.org/abs/1802.05957">Miyato et al., Spectral normalization for
 *     generative adversarial networks (2018)</a>
 */
public final class SpectralNormalization extends Wrapper<SpectralNormalization> {

  private static final float LARGEST_INVERSE = 1e7f;

  private int powerIterations = 1;
  private Variable kernel;
  private Variable vectorU;

  /**
   * A layer whose kernel is normalized.
   *
   * @param layer the layer inside
   */
  public SpectralNormalization(Layer<?> layer) {
    super(layer);
  }

  /**
   * Sets how many iterations a step has.
   *
   * @param value 1 or more; 1 by default
   * @return this layer
   */
  public SpectralNormalization powerIterations(int value) {
    checkNotFrozen("powerIterations");
    powerIterations = Checks.positive("SpectralNormalization", "powerIterations", value);
    return this;
  }

  @Override
  protected boolean needsWholeBatch() {
    return false;
  }

  @Override
  protected void build(Shape inputShape) {
    build(layer, inputShape);
    kernel =
        layer.weightGroup().weights().stream()
            .filter(weight -> weight.name().equals("kernel"))
            .findFirst()
            .orElseThrow(
                () ->
                    Errors.in(toString(), layer + " has no kernel.")
                        .expected("a layer with a kernel, as Dense or a convolution")
                        .got(
                            layer.weights().stream()
                                .map(Variable::name)
                                .collect(Collectors.joining(", ", "weights ", "")))
                        .fix("wrap a layer that has one")
                        .argument());
    long width = kernel.shape().get(kernel.shape().numDimensions() - 1);
    vectorU =
        addWeight(
            "vector_u",
            Shape.of(1, width),
            w -> w.initializer(new TruncatedNormal().stddev(0.02)).trainable(false));
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return layer.computeOutputShape(inputShape);
  }

  /** As in Keras, the kernel is a weight of this layer too. */
  @Override
  public List<Variable> weights() {
    if (kernel == null) {
      return super.weights();
    }
    Set<Variable> all = new LinkedHashSet<>(List.of(kernel, vectorU));
    all.addAll(layer.weights());
    return new ArrayList<>(all);
  }

  @Override
  protected WeightGroup weightGroup() {
    return kernel == null
        ? super.weightGroup()
        : new WeightGroup(
            toString(), name(), List.of(kernel, vectorU), Map.of("layer", layer.weightGroup()));
  }

  @Override
  boolean usesMask() {
    return layer.usesMask();
  }

  @Override
  protected boolean supportsMasking() {
    return layer.supportsMasking();
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    if (tape.training()) {
      tape.program().replaceOnce(kernel, value -> normalized(tape, value));
    }
    return List.of(regularized(tape, layer.forward(tape, inputs).get(0)));
  }

  private Operand<TFloat32> normalized(Tape tape, Operand<TFloat32> value) {
    Ops tf = tape.tf();
    int width = (int) vectorU.shape().get(1);
    Operand<TFloat32> weights = tf.reshape(value, tf.constant(new int[] {-1, width}));
    Operand<TFloat32> before = tape.latest(vectorU);
    Operand<TFloat32> u = before;
    Operand<TFloat32> v = null;
    for (int i = 0; i < powerIterations; i++) {
      v = unit(tf, tf.linalg.matMul(u, weights, MatMul.transposeB(true)));
      u = unit(tf, tf.linalg.matMul(v, weights));
    }
    Operand<TFloat32> largest =
        tf.linalg.matMul(tf.linalg.matMul(v, weights), u, MatMul.transposeB(true));
    Operand<TFloat32> divided = tf.math.div(value, tf.reshape(largest, tf.constant(new int[0])));
    Operand<TBool> isZero = tf.math.equal(weights, tf.constant(0f));
    Operand<TBool> allZero = tf.reduceAll(isZero, tf.constant(new int[] {0, 1}));
    tape.assignLatest(vectorU, tf.select(allZero, before, u));
    return tf.select(allZero, value, divided);
  }

  /** Of length 1, but for vectors of length 0. */
  private static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> squares = tf.sum(tf.math.square(x), tf.constant(new int[] {0, 1}));
    Operand<TFloat32> inverse =
        tf.math.minimum(tf.math.rsqrt(squares), tf.constant(LARGEST_INVERSE));
    return tf.math.mul(x, inverse);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code SpectralNormalization.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static SpectralNormalization fromConfig(Config config) {
    Checks.notNull("SpectralNormalization.fromConfig", "config", config);
    SpectralNormalization layer =
        new SpectralNormalization(Layers.unbuilt(config.inner("layer"))).common(config);
    config.integer("power_iterations", layer::powerIterations);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("power_iterations", powerIterations);
    return config;
  }
}
