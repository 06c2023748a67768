/**
 * Keras's {@code keras.optimizers}: how gradients change weights. An optimizer adds the ops of one
 * step to a program, on TensorFlow's fused kernels where these compute what Keras computes. Depends
 * on {@code keras.backend} and {@code keras.utils}.
 */
package keras.optimizers;
