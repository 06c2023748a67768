/** Weights of a layer as files name them, and setting them all at once. */
package keras.internal.weights;
