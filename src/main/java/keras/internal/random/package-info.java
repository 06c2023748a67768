/** The order in which objects draw their seeds, and TensorFlow's generator. */
package keras.internal.random;
