/**
 * What layers, activations and losses of your own are written with: variables, and the context of a
 * call.
 */
package keras.backend;
