/**
 * Keras's {@code keras.activations}: functions that a layer puts its result through. Written as
 * TensorFlow ops that all have a gradient. Depends on {@code keras.backend} and {@code keras.utils}
 * only.
 */
package keras.activations;
