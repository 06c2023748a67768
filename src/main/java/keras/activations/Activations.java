package keras.activations;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import keras.backend.TensorFunction;
import keras.utils.Errors;
import keras.utils.Names;
import org.tensorflow.op.nn.LeakyRelu;

/**
 * Keras's activations, by name and as functions with arguments. Keras: {@code keras.activations}.
 *
 * <pre>{@code
 * new Dense(3).activation("softmax")
 * new Dense(3).activation(Activations.elu(0.5))
 * new Dense(3).activation(Activations.relu().maxValue(6))
 * }</pre>
 *
 * <p>Where a function takes arguments, the form without them has Keras's defaults and is the one
 * that the name stands for. All give a tensor of their argument's shape, except {@link #glu()}.
 */
public final class Activations {

  private static final Relu RELU = new Relu();
  private static final Map<String, Activation> KNOWN = known();

  private Activations() {}

  private static Map<String, Activation> known() {
    Map<String, Activation> known = new LinkedHashMap<>();
    known.put("relu", RELU);
    add(known, "leaky_relu", (tf, x) -> tf.nn.leakyRelu(x, LeakyRelu.alpha(0.2f)));
    add(known, "relu6", (tf, x) -> tf.nn.relu6(x));
    add(known, "softmax", (tf, x) -> AlongAxis.softmax(tf, x, -1));
    add(known, "celu", (tf, x) -> Elementwise.celu(tf, x, 1));
    add(known, "elu", (tf, x) -> tf.nn.elu(x));
    add(known, "selu", (tf, x) -> tf.nn.selu(x));
    add(known, "softplus", (tf, x) -> tf.math.softplus(x));
    add(known, "softsign", (tf, x) -> tf.nn.softsign(x));
    add(known, "squareplus", (tf, x) -> Elementwise.squareplus(tf, x, 4));
    add(known, "soft_shrink", (tf, x) -> Elementwise.softShrink(tf, x, 0.5f));
    add(known, "sparse_plus", Elementwise::sparsePlus);
    add(known, "silu", Elementwise::silu);
    add(known, "gelu", Elementwise::gelu);
    add(known, "glu", (tf, x) -> AlongAxis.glu(tf, x, -1));
    add(known, "tanh", (tf, x) -> tf.math.tanh(x));
    add(known, "tanh_shrink", Elementwise::tanhShrink);
    add(known, "sigmoid", (tf, x) -> tf.math.sigmoid(x));
    add(known, "sparse_sigmoid", Elementwise::sparseSigmoid);
    add(known, "exponential", (tf, x) -> tf.math.exp(x));
    add(known, "hard_sigmoid", Elementwise::hardSigmoid);
    add(known, "hard_silu", Elementwise::hardSilu);
    add(known, "hard_tanh", (tf, x) -> Elementwise.clip(tf, x, -1, 1));
    add(known, "hard_shrink", (tf, x) -> Elementwise.hardShrink(tf, x, 0.5f));
    add(known, "linear", (tf, x) -> x);
    add(known, "mish", Elementwise::mish);
    add(known, "log_softmax", (tf, x) -> AlongAxis.logSoftmax(tf, x, -1));
    add(known, "log_sigmoid", Elementwise::logSigmoid);
    add(known, "sparsemax", (tf, x) -> AlongAxis.sparsemax(tf, x, -1));
    known.put("swish", known.get("silu"));
    known.put("hard_swish", known.get("hard_silu"));
    return Collections.unmodifiableMap(known);
  }

  private static void add(Map<String, Activation> known, String name, TensorFunction function) {
    known.put(name, new Named(name, function));
  }

  /**
   * Finds an activation. Keras: {@code keras.activations.get(identifier)}.
   *
   * @param identifier a name, as {@code "tanh"}; an {@link Activation} or another {@link
   *     TensorFunction}, which is given back; null for {@link #linear()}
   * @return the activation; the same instance for the same name
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Activation get(Object identifier) {
    if (identifier == null) {
      return linear();
    }
    if (identifier instanceof Activation activation) {
      return activation;
    }
    if (identifier instanceof TensorFunction function) {
      return function::call;
    }
    Activation found = identifier instanceof String name ? KNOWN.get(name) : null;
    if (found != null) {
      return found;
    }
    if ("threshold".equals(identifier)) {
      throw Errors.in(
              "Activation \"threshold\"",
              "it has arguments without defaults, so the name alone is not enough.")
          .expected("Activations.threshold(threshold, defaultValue)")
          .got("\"threshold\"")
          .fix("activation(Activations.threshold(0.5, 0))")
          .argument();
    }
    throw Names.unknown("activation", identifier.toString(), KNOWN.keySet());
  }

  /**
   * What Keras writes into a configuration for an activation. Keras: {@code
   * keras.activations.serialize(activation)}.
   *
   * @param activation one of Keras's, with its default arguments
   * @return its name
   * @throws IllegalArgumentException for a lambda or for other arguments, which no configuration of
   *     Keras can hold either
   */
  public static String serialize(Activation activation) {
    String arguments = "";
    if (activation instanceof Relu relu) {
      arguments = relu.arguments();
    } else if (activation instanceof Named named) {
      arguments = named.arguments();
    }
    if (!arguments.isEmpty() || !KNOWN.containsKey(activation.name())) {
      throw Errors.in(
              "Activation " + (arguments.isEmpty() ? activation.name() : activation.toString()),
              "only the name of a function can be written into a configuration.")
          .expected("one of Keras's activations with its default arguments")
          .got(arguments.isEmpty() ? "a function of your own" : arguments)
          .fix("use a function that Activations.get finds by its name")
          .argument();
    }
    return activation.name();
  }

  /**
   * {@code max(x, 0)}, with arguments by chained calls.
   *
   * @return the activation
   */
  public static Relu relu() {
    return RELU;
  }

  /**
   * {@code x} above 0, {@code 0.2 x} below.
   *
   * @return the activation
   */
  public static Activation leakyRelu() {
    return KNOWN.get("leaky_relu");
  }

  /**
   * {@code x} above 0, {@code negativeSlope x} below.
   *
   * @param negativeSlope the slope for negative values; Keras's default is 0.2
   * @return the activation
   */
  public static Activation leakyRelu(double negativeSlope) {
    return new Named(
        "leaky_relu",
        "negative_slope=" + negativeSlope,
        (tf, x) -> tf.nn.leakyRelu(x, LeakyRelu.alpha((float) negativeSlope)));
  }

  /**
   * {@code min(max(x, 0), 6)}.
   *
   * @return the activation
   */
  public static Activation relu6() {
    return KNOWN.get("relu6");
  }

  /**
   * {@code exp(x) / sum(exp(x))} along the last axis: positive, and summing to 1.
   *
   * @return the activation
   */
  public static Activation softmax() {
    return KNOWN.get("softmax");
  }

  /**
   * {@code exp(x) / sum(exp(x))} along an axis.
   *
   * @param axis the axis; negative ones count from the last
   * @return the activation
   */
  public static Activation softmax(int axis) {
    return new Named("softmax", "axis=" + axis, (tf, x) -> AlongAxis.softmax(tf, x, axis));
  }

  /**
   * The continuously differentiable exponential linear unit: {@code x} above 0, {@code exp(x) - 1}
   * below. Paper: <a href="https://arxiv.org/abs/1704.07483">Barron, 2017</a>.
   *
   * @return the activation
   */
  public static Activation celu() {
    return KNOWN.get("celu");
  }

  /**
   * {@code x} above 0, {@code alpha (exp(x / alpha) - 1)} below.
   *
   * @param alpha the scale of negative values; Keras's default is 1
   * @return the activation
   */
  public static Activation celu(double alpha) {
    return new Named("celu", "alpha=" + alpha, (tf, x) -> Elementwise.celu(tf, x, (float) alpha));
  }

  /**
   * The exponential linear unit: {@code x} above 0, {@code exp(x) - 1} below. Paper: <a
   * href="https://arxiv.org/abs/1511.07289">Clevert et al., 2016</a>.
   *
   * @return the activation
   */
  public static Activation elu() {
    return KNOWN.get("elu");
  }

  /**
   * {@code x} above 0, {@code alpha (exp(x) - 1)} below.
   *
   * @param alpha the scale of negative values; Keras's default is 1
   * @return the activation
   */
  public static Activation elu(double alpha) {
    return new Named("elu", "alpha=" + alpha, (tf, x) -> Elementwise.elu(tf, x, (float) alpha));
  }

  /**
   * The scaled exponential linear unit, {@code 1.05070098 elu(x, 1.67326324)}. Paper: <a
   * href="https://arxiv.org/abs/1706.02515">Klambauer et al., 2017</a>.
   *
   * @return the activation
   */
  public static Activation selu() {
    return KNOWN.get("selu");
  }

  /**
   * {@code log(exp(x) + 1)}.
   *
   * @return the activation
   */
  public static Activation softplus() {
    return KNOWN.get("softplus");
  }

  /**
   * {@code x / (abs(x) + 1)}.
   *
   * @return the activation
   */
  public static Activation softsign() {
    return KNOWN.get("softsign");
  }

  /**
   * {@code (x + sqrt(x² + 4)) / 2}. Paper: <a href="https://arxiv.org/abs/2112.11687">Barron,
   * 2021</a>.
   *
   * @return the activation
   */
  public static Activation squareplus() {
    return KNOWN.get("squareplus");
  }

  /**
   * {@code (x + sqrt(x² + b)) / 2}.
   *
   * @param b the smoothness; Keras's default is 4
   * @return the activation
   */
  public static Activation squareplus(double b) {
    return new Named("squareplus", "b=" + b, (tf, x) -> Elementwise.squareplus(tf, x, (float) b));
  }

  /**
   * {@code x} moved by 0.5 towards 0, and 0 within 0.5 of it.
   *
   * @return the activation
   */
  public static Activation softShrink() {
    return KNOWN.get("soft_shrink");
  }

  /**
   * {@code x} moved towards 0, and 0 near it.
   *
   * @param threshold how far; Keras's default is 0.5
   * @return the activation
   */
  public static Activation softShrink(double threshold) {
    return new Named(
        "soft_shrink",
        "threshold=" + threshold,
        (tf, x) -> Elementwise.softShrink(tf, x, (float) threshold));
  }

  /**
   * 0 up to -1, {@code (x + 1)² / 4} up to 1, {@code x} above.
   *
   * @return the activation
   */
  public static Activation sparsePlus() {
    return KNOWN.get("sparse_plus");
  }

  /**
   * {@code x sigmoid(x)}; Keras knows it as {@code swish} as well. Paper: <a
   * href="https://arxiv.org/abs/1710.05941">Ramachandran et al., 2017</a>.
   *
   * @return the activation
   */
  public static Activation silu() {
    return KNOWN.get("silu");
  }

  /**
   * The Gaussian error linear unit, {@code 0.5 x (1 + erf(x / sqrt(2)))}. Paper: <a
   * href="https://arxiv.org/abs/1606.08415">Hendrycks et al., 2016</a>.
   *
   * @return the activation
   */
  public static Activation gelu() {
    return KNOWN.get("gelu");
  }

  /**
   * The Gaussian error linear unit, exact or with tanh in place of the error function.
   *
   * @param approximate whether to use tanh; Keras's default is false
   * @return the activation
   */
  public static Activation gelu(boolean approximate) {
    return approximate
        ? new Named("gelu", "approximate=True", Elementwise::approximateGelu)
        : gelu();
  }

  /**
   * The gated linear unit: the first half of the last axis times the sigmoid of the second, {@code
   * (..., 2n) → (..., n)}. Paper: <a href="https://arxiv.org/abs/1612.08083">Dauphin et al.,
   * 2017</a>.
   *
   * @return the activation
   */
  public static Activation glu() {
    return KNOWN.get("glu");
  }

  /**
   * The gated linear unit along an axis.
   *
   * @param axis the axis to halve; negative ones count from the last
   * @return the activation
   */
  public static Activation glu(int axis) {
    return new Named("glu", "axis=" + axis, (tf, x) -> AlongAxis.glu(tf, x, axis));
  }

  /**
   * The hyperbolic tangent.
   *
   * @return the activation
   */
  public static Activation tanh() {
    return KNOWN.get("tanh");
  }

  /**
   * {@code x - tanh(x)}.
   *
   * @return the activation
   */
  public static Activation tanhShrink() {
    return KNOWN.get("tanh_shrink");
  }

  /**
   * {@code x} above the threshold, another value up to it. Not known by its name alone, since it
   * has no defaults.
   *
   * @param threshold the largest input that is replaced
   * @param defaultValue what replaces it
   * @return the activation
   */
  public static Activation threshold(double threshold, double defaultValue) {
    return new Named(
        "threshold",
        "threshold=" + threshold + ", default_value=" + defaultValue,
        (tf, x) -> Elementwise.threshold(tf, x, (float) threshold, (float) defaultValue));
  }

  /**
   * {@code 1 / (1 + exp(-x))}.
   *
   * @return the activation
   */
  public static Activation sigmoid() {
    return KNOWN.get("sigmoid");
  }

  /**
   * 0 up to -1, {@code (x + 1) / 2} up to 1, 1 above.
   *
   * @return the activation
   */
  public static Activation sparseSigmoid() {
    return KNOWN.get("sparse_sigmoid");
  }

  /**
   * {@code exp(x)}.
   *
   * @return the activation
   */
  public static Activation exponential() {
    return KNOWN.get("exponential");
  }

  /**
   * {@code relu6(x + 3) / 6}, as in Keras 3; Keras 2 had {@code 0.2 x + 0.5}.
   *
   * @return the activation
   */
  public static Activation hardSigmoid() {
    return KNOWN.get("hard_sigmoid");
  }

  /**
   * {@code x relu6(x + 3) / 6}; Keras knows it as {@code hard_swish} as well. Paper: <a
   * href="https://arxiv.org/abs/1905.02244">Howard, 2019</a>.
   *
   * @return the activation
   */
  public static Activation hardSilu() {
    return KNOWN.get("hard_silu");
  }

  /**
   * {@code x}, held between -1 and 1.
   *
   * @return the activation
   */
  public static Activation hardTanh() {
    return KNOWN.get("hard_tanh");
  }

  /**
   * {@code x}, and 0 within 0.5 of 0.
   *
   * @return the activation
   */
  public static Activation hardShrink() {
    return KNOWN.get("hard_shrink");
  }

  /**
   * {@code x}, and 0 near 0.
   *
   * @param threshold the largest magnitude that becomes 0; Keras's default is 0.5
   * @return the activation
   */
  public static Activation hardShrink(double threshold) {
    return new Named(
        "hard_shrink",
        "threshold=" + threshold,
        (tf, x) -> Elementwise.hardShrink(tf, x, (float) threshold));
  }

  /**
   * {@code x} itself; adds no op.
   *
   * @return the activation
   */
  public static Activation linear() {
    return KNOWN.get("linear");
  }

  /**
   * {@code x tanh(softplus(x))}. Paper: <a href="https://arxiv.org/abs/1908.08681">Misra, 2019</a>.
   *
   * @return the activation
   */
  public static Activation mish() {
    return KNOWN.get("mish");
  }

  /**
   * The logarithm of {@link #softmax()}.
   *
   * @return the activation
   */
  public static Activation logSoftmax() {
    return KNOWN.get("log_softmax");
  }

  /**
   * The logarithm of {@link #softmax(int)}.
   *
   * @param axis the axis; negative ones count from the last
   * @return the activation
   */
  public static Activation logSoftmax(int axis) {
    return new Named("log_softmax", "axis=" + axis, (tf, x) -> AlongAxis.logSoftmax(tf, x, axis));
  }

  /**
   * The logarithm of {@link #sigmoid()}.
   *
   * @return the activation
   */
  public static Activation logSigmoid() {
    return KNOWN.get("log_sigmoid");
  }

  /**
   * {@code max(x - tau, 0)} along the last axis, with a tau that leaves few elements above 0.
   * Paper: <a href="https://arxiv.org/abs/1602.02068">Martins et al., 2016</a>.
   *
   * <p>Porting note: in the paper the elements sum to 1. In Keras 3.15.1, and so here, they sum to
   * less as soon as more than one is above 0.
   *
   * @return the activation
   */
  public static Activation sparsemax() {
    return KNOWN.get("sparsemax");
  }

  /**
   * {@code max(x - tau, 0)} along an axis, as {@link #sparsemax()}.
   *
   * @param axis the axis; negative ones count from the last
   * @return the activation
   */
  public static Activation sparsemax(int axis) {
    return new Named("sparsemax", "axis=" + axis, (tf, x) -> AlongAxis.sparsemax(tf, x, axis));
  }
}
