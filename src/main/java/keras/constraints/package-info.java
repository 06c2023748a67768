/**
 * Keras's {@code keras.constraints}: what weights are put through after each update. Depends on
 * {@code keras.backend} and {@code keras.utils}.
 */
package keras.constraints;
