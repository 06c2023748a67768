/**
 * Finds where a Java model parts from the Keras model that it was ported from. It may use models,
 * layers and optimizers; nothing in the library depends on it.
 */
package keras.parity;
