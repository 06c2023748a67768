/**
 * The means to write layers, activations and losses of your own: variables, and the context of a
 * call.
 */
package keras.backend;
