/**
 * Reads whole models from files. Keras: {@code keras.saving}. Above all other packages; none
 * depends on it.
 */
package keras.saving;
