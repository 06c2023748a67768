package keras.activations;

import java.util.Map;
import java.util.TreeMap;
import keras.backend.TensorFunction;
import keras.utils.Config;
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

  private Activations() {}

  /**
   * Finds an activation. Keras: {@code keras.activations.get(identifier)}.
   *
   * @param identifier a name, as {@code "tanh"}, or {@code "keras2>hard_sigmoid"} for the hard
   *     sigmoid of Keras 2, whose slope is 0.2; an {@link Activation} or another {@link
   *     TensorFunction}, which is given back; a map as {@link #serialize} gives; null for {@link
   *     #linear()}
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
    if (identifier instanceof Config config) {
      return Written.read(config);
    }
    if (identifier instanceof Map<?, ?> map && map.containsKey("class_name")) {
      return Written.read(Config.of("Activations.get", map));
    }
    return Known.named(identifier.toString());
  }

  /**
   * Writes an activation as Keras does in a configuration. Keras: {@code
   * keras.activations.serialize(activation)}.
   *
   * <p>Keras has a name for a function without arguments. One with arguments can be written where
   * Keras has a layer for it: {@code relu}, {@code leaky_relu}, {@code elu} and {@code softmax}
   * become the configuration of {@code ReLU}, {@code LeakyReLU}, {@code ELU} and {@code Softmax},
   * which Keras takes for an activation as well.
   *
   * @param activation one of Keras's
   * @return its name, or the configuration of a layer
   * @throws IllegalArgumentException for a lambda or for other arguments, which no configuration of
   *     Keras can hold either
   */
  public static Object serialize(Activation activation) {
    return Written.of(activation);
  }

  /**
   * {@code max(x, 0)}, with arguments by chained calls.
   *
   * @return the activation
   */
  public static ReluFunction relu() {
    return Known.RELU;
  }

  /**
   * {@code x} above 0, {@code 0.2 x} below.
   *
   * @return the activation
   */
  public static Activation leakyRelu() {
    return Known.get("leaky_relu");
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
        Map.of("negative_slope", negativeSlope),
        (tf, x) -> tf.nn.leakyRelu(x, LeakyRelu.alpha((float) negativeSlope)));
  }

  /**
   * {@code min(max(x, 0), 6)}.
   *
   * @return the activation
   */
  public static Activation relu6() {
    return Known.get("relu6");
  }

  /**
   * {@code exp(x) / sum(exp(x))} along the last axis: positive, and summing to 1.
   *
   * @return the activation
   */
  public static Activation softmax() {
    return Known.get("softmax");
  }

  /**
   * {@code exp(x) / sum(exp(x))} along an axis.
   *
   * @param axis the axis; negative ones count from the last
   * @return the activation
   */
  public static Activation softmax(int axis) {
    return new Named("softmax", Map.of("axis", axis), (tf, x) -> AlongAxis.softmax(tf, x, axis));
  }

  /**
   * The continuously differentiable exponential linear unit: {@code x} above 0, {@code exp(x) - 1}
   * below. Paper: <a href="https://arxiv.org/abs/1704.07483">Barron, 2017</a>.
   *
   * @return the activation
   */
  public static Activation celu() {
    return Known.get("celu");
  }

  /**
   * {@code x} above 0, {@code alpha (exp(x / alpha) - 1)} below.
   *
   * @param alpha the scale of negative values; Keras's default is 1
   * @return the activation
   */
  public static Activation celu(double alpha) {
    return new Named(
        "celu", Map.of("alpha", alpha), (tf, x) -> Elementwise.celu(tf, x, (float) alpha));
  }

  /**
   * Returns the exponential linear unit: {@code x} above 0, {@code exp(x) - 1} below. Paper: <a
   * href="https://arxiv.org/abs/1511.07289">Clevert et al., 2016</a>.
   *
   * @return the activation
   */
  public static Activation elu() {
    return Known.get("elu");
  }

  /**
   * {@code x} above 0, {@code alpha (exp(x) - 1)} below.
   *
   * @param alpha the scale of negative values; Keras's default is 1
   * @return the activation
   */
  public static Activation elu(double alpha) {
    return new Named(
        "elu", Map.of("alpha", alpha), (tf, x) -> Elementwise.elu(tf, x, (float) alpha));
  }

  /**
   * Returns the scaled exponential linear unit, {@code 1.05070098 elu(x, 1.67326324)}. Paper: <a
   * href="https://arxiv.org/abs/1706.02515">Klambauer et al., 2017</a>.
   *
   * @return the activation
   */
  public static Activation selu() {
    return Known.get("selu");
  }

  /**
   * {@code log(exp(x) + 1)}.
   *
   * @return the activation
   */
  public static Activation softplus() {
    return Known.get("softplus");
  }

  /**
   * {@code x / (abs(x) + 1)}.
   *
   * @return the activation
   */
  public static Activation softsign() {
    return Known.get("softsign");
  }

  /**
   * {@code (x + sqrt(x² + 4)) / 2}. Paper: <a href="https://arxiv.org/abs/2112.11687">Barron,
   * 2021</a>.
   *
   * @return the activation
   */
  public static Activation squareplus() {
    return Known.get("squareplus");
  }

  /**
   * {@code (x + sqrt(x² + b)) / 2}.
   *
   * @param b the smoothness; Keras's default is 4
   * @return the activation
   */
  public static Activation squareplus(double b) {
    return new Named(
        "squareplus", Map.of("b", b), (tf, x) -> Elementwise.squareplus(tf, x, (float) b));
  }

  /**
   * {@code x} moved by 0.5 towards 0, and 0 within 0.5 of it.
   *
   * @return the activation
   */
  public static Activation softShrink() {
    return Known.get("soft_shrink");
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
        Map.of("threshold", threshold),
        (tf, x) -> Elementwise.softShrink(tf, x, (float) threshold));
  }

  /**
   * 0 up to -1, {@code (x + 1)² / 4} up to 1, {@code x} above.
   *
   * @return the activation
   */
  public static Activation sparsePlus() {
    return Known.get("sparse_plus");
  }

  /**
   * {@code x sigmoid(x)}; Keras knows it as {@code swish} as well. Paper: <a
   * href="https://arxiv.org/abs/1710.05941">Ramachandran et al., 2017</a>.
   *
   * @return the activation
   */
  public static Activation silu() {
    return Known.get("silu");
  }

  /**
   * Returns the Gaussian error linear unit, {@code 0.5 x (1 + erf(x / sqrt(2)))}. Paper: <a
   * href="https://arxiv.org/abs/1606.08415">Hendrycks et al., 2016</a>.
   *
   * @return the activation
   */
  public static Activation gelu() {
    return Known.get("gelu");
  }

  /**
   * The Gaussian error linear unit, exact or with tanh in place of the error function.
   *
   * @param approximate whether to use tanh; Keras's default is false
   * @return the activation
   */
  public static Activation gelu(boolean approximate) {
    return approximate
        ? new Named("gelu", Map.of("approximate", true), (tf, x) -> Elementwise.gelu(tf, x, true))
        : gelu();
  }

  /**
   * Returns the gated linear unit: the first half of the last axis times the sigmoid of the second,
   * {@code (..., 2n) → (..., n)}. Paper: <a href="https://arxiv.org/abs/1612.08083">Dauphin et al.,
   * 2017</a>.
   *
   * @return the activation
   */
  public static Activation glu() {
    return Known.get("glu");
  }

  /**
   * The gated linear unit along an axis.
   *
   * @param axis the axis to halve; negative ones count from the last
   * @return the activation
   */
  public static Activation glu(int axis) {
    return new Named("glu", Map.of("axis", axis), (tf, x) -> AlongAxis.glu(tf, x, axis));
  }

  /**
   * Returns the hyperbolic tangent.
   *
   * @return the activation
   */
  public static Activation tanh() {
    return Known.get("tanh");
  }

  /**
   * {@code x - tanh(x)}.
   *
   * @return the activation
   */
  public static Activation tanhShrink() {
    return Known.get("tanh_shrink");
  }

  /**
   * {@code x} above the threshold, another value up to it. Not known by its name alone, since it
   * has no defaults.
   *
   * @param threshold the largest input that is replaced
   * @param defaultValue the value that replaces it
   * @return the activation
   */
  public static Activation threshold(double threshold, double defaultValue) {
    return new Named(
        "threshold",
        new TreeMap<>(Map.of("threshold", threshold, "default_value", defaultValue)),
        (tf, x) -> Elementwise.threshold(tf, x, (float) threshold, (float) defaultValue));
  }

  /**
   * {@code 1 / (1 + exp(-x))}.
   *
   * @return the activation
   */
  public static Activation sigmoid() {
    return Known.get("sigmoid");
  }

  /**
   * 0 up to -1, {@code (x + 1) / 2} up to 1, 1 above.
   *
   * @return the activation
   */
  public static Activation sparseSigmoid() {
    return Known.get("sparse_sigmoid");
  }

  /**
   * {@code exp(x)}.
   *
   * @return the activation
   */
  public static Activation exponential() {
    return Known.get("exponential");
  }

  /**
   * {@code relu6(x + 3) / 6}, as in Keras 3; Keras 2 had {@code 0.2 x + 0.5}.
   *
   * @return the activation
   */
  public static Activation hardSigmoid() {
    return Known.get("hard_sigmoid");
  }

  /**
   * {@code x relu6(x + 3) / 6}; Keras knows it as {@code hard_swish} as well. Paper: <a
   * href="https://arxiv.org/abs/1905.02244">Howard, 2019</a>.
   *
   * @return the activation
   */
  public static Activation hardSilu() {
    return Known.get("hard_silu");
  }

  /**
   * {@code x}, held between -1 and 1.
   *
   * @return the activation
   */
  public static Activation hardTanh() {
    return Known.get("hard_tanh");
  }

  /**
   * {@code x}, and 0 within 0.5 of 0.
   *
   * @return the activation
   */
  public static Activation hardShrink() {
    return Known.get("hard_shrink");
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
        Map.of("threshold", threshold),
        (tf, x) -> Elementwise.hardShrink(tf, x, (float) threshold));
  }

  /**
   * {@code x} itself; adds no op.
   *
   * @return the activation
   */
  public static Activation linear() {
    return Known.get("linear");
  }

  /**
   * {@code x tanh(softplus(x))}. Paper: <a href="https://arxiv.org/abs/1908.08681">Misra, 2019</a>.
   *
   * @return the activation
   */
  public static Activation mish() {
    return Known.get("mish");
  }

  /**
   * Returns the logarithm of {@link #softmax()}.
   *
   * @return the activation
   */
  public static Activation logSoftmax() {
    return Known.get("log_softmax");
  }

  /**
   * The logarithm of {@link #softmax(int)}.
   *
   * @param axis the axis; negative ones count from the last
   * @return the activation
   */
  public static Activation logSoftmax(int axis) {
    return new Named(
        "log_softmax", Map.of("axis", axis), (tf, x) -> AlongAxis.logSoftmax(tf, x, axis));
  }

  /**
   * Returns the logarithm of {@link #sigmoid()}.
   *
   * @return the activation
   */
  public static Activation logSigmoid() {
    return Known.get("log_sigmoid");
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
    return Known.get("sparsemax");
  }

  /**
   * {@code max(x - tau, 0)} along an axis, as {@link #sparsemax()}.
   *
   * @param axis the axis; negative ones count from the last
   * @return the activation
   */
  public static Activation sparsemax(int axis) {
    return new Named(
        "sparsemax", Map.of("axis", axis), (tf, x) -> AlongAxis.sparsemax(tf, x, axis));
  }
}
