package keras.activations;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import keras.backend.TensorFunction;
import keras.internal.messages.Errors;
import keras.internal.messages.Names;
import org.tensorflow.op.nn.LeakyRelu;

/** The activations that have a name: each of Keras's functions with its default arguments. */
final class Known {

  static final ReluFunction RELU = new ReluFunction();
  private static final Map<String, Activation> ALL = all();

  /** Keras 2's, of slope 0.2 where Keras 3's has one sixth. */
  static final Activation KERAS2_HARD_SIGMOID =
      new Named("keras2>hard_sigmoid", Elementwise::keras2HardSigmoid);

  private Known() {}

  private static Map<String, Activation> all() {
    Map<String, Activation> all = new LinkedHashMap<>();
    all.put("relu", RELU);
    add(all, "leaky_relu", (tf, x) -> tf.nn.leakyRelu(x, LeakyRelu.alpha(0.2f)));
    add(all, "relu6", (tf, x) -> tf.nn.relu6(x));
    add(all, "softmax", (tf, x) -> AlongAxis.softmax(tf, x, -1));
    add(all, "celu", (tf, x) -> Elementwise.celu(tf, x, 1));
    add(all, "elu", (tf, x) -> tf.nn.elu(x));
    add(all, "selu", (tf, x) -> tf.nn.selu(x));
    add(all, "softplus", (tf, x) -> tf.math.softplus(x));
    add(all, "softsign", (tf, x) -> tf.nn.softsign(x));
    add(all, "squareplus", (tf, x) -> Elementwise.squareplus(tf, x, 4));
    add(all, "soft_shrink", (tf, x) -> Elementwise.softShrink(tf, x, 0.5f));
    add(all, "sparse_plus", Elementwise::sparsePlus);
    add(all, "silu", Elementwise::silu);
    add(all, "gelu", (tf, x) -> Elementwise.gelu(tf, x, false));
    add(all, "glu", (tf, x) -> AlongAxis.glu(tf, x, -1));
    add(all, "tanh", (tf, x) -> tf.math.tanh(x));
    add(all, "tanh_shrink", Elementwise::tanhShrink);
    add(all, "sigmoid", (tf, x) -> tf.math.sigmoid(x));
    add(all, "sparse_sigmoid", Elementwise::sparseSigmoid);
    add(all, "exponential", (tf, x) -> tf.math.exp(x));
    add(all, "hard_sigmoid", Elementwise::hardSigmoid);
    add(all, "hard_silu", Elementwise::hardSilu);
    add(all, "hard_tanh", (tf, x) -> Elementwise.clip(tf, x, -1, 1));
    add(all, "hard_shrink", (tf, x) -> Elementwise.hardShrink(tf, x, 0.5f));
    add(all, "linear", (tf, x) -> x);
    add(all, "mish", Elementwise::mish);
    add(all, "log_softmax", (tf, x) -> AlongAxis.logSoftmax(tf, x, -1));
    add(all, "log_sigmoid", Elementwise::logSigmoid);
    add(all, "sparsemax", (tf, x) -> AlongAxis.sparsemax(tf, x, -1));
    all.put("swish", all.get("silu"));
    all.put("hard_swish", all.get("hard_silu"));
    return Collections.unmodifiableMap(all);
  }

  private static void add(Map<String, Activation> all, String name, TensorFunction function) {
    all.put(name, new Named(name, function));
  }

  /** Returns the names. */
  static Collection<String> names() {
    return ALL.keySet();
  }

  /** The activation of this name, or null. */
  static Activation get(String name) {
    return ALL.get(name);
  }

  /** Returns the activation of this name, or an exception. */
  static Activation named(String name) {
    Activation found = ALL.get(name);
    if (found != null) {
      return found;
    }
    if (name.equals(KERAS2_HARD_SIGMOID.name())) {
      return KERAS2_HARD_SIGMOID;
    }
    if ("threshold".equals(name)) {
      throw Errors.in(
              "Activation \"threshold\"",
              "it has arguments without defaults, so the name alone is not enough.")
          .expected("Activations.threshold(threshold, defaultValue)")
          .got("\"threshold\"")
          .fix("activation(Activations.threshold(0.5, 0))")
          .argument();
    }
    throw Names.unknown("activation", name, ALL.keySet());
  }
}
