package keras.activations;

import keras.backend.TensorFunction;

/**
 * A function that a layer applies to its result: an op or a few, from a tensor to a tensor. The
 * known ones are made by {@link Activations}; a lambda is one as well:
 *
 * <pre>{@code
 * new Dense(3).activation((tf, x) -> tf.math.mul(x, tf.math.sigmoid(x)))
 * }</pre>
 *
 * <p>Every op of a lambda must have a gradient in TensorFlow-Java, or the layer cannot be trained.
 */
@FunctionalInterface
public interface Activation extends TensorFunction {

  /** The name of an activation that has none, as Python names such a function. */
  String LAMBDA = "<lambda>";

  /**
   * Returns the name of the function, as Keras writes it into a layer's configuration.
   *
   * @return for example {@code "hard_sigmoid"}; {@link #LAMBDA} for a function that has no name
   */
  default String name() {
    return LAMBDA;
  }
}
