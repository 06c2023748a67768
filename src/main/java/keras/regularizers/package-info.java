/**
 * Keras's {@code keras.regularizers}: penalties on weights or outputs, which are added to the loss.
 * Depends on {@code keras.backend} and {@code keras.utils}.
 */
package keras.regularizers;
