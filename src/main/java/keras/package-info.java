/**
 * Keras for Java: models described with Keras's names, defaults and numbers, trained and run by
 * TensorFlow.
 *
 * <p>The packages below this one carry the names of Keras's modules, so that {@code from
 * keras.layers import LSTM} becomes {@code import keras.layers.LSTM}. This package itself holds no
 * types.
 */
package keras;
