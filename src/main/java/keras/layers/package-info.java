/**
 * Layers, of which models are made. A layer has arguments, weights and a formula; it knows nothing
 * of training, sessions or files. Uses {@code keras.activations}, {@code keras.initializers},
 * {@code keras.regularizers}, {@code keras.constraints} and {@code keras.backend}.
 */
package keras.layers;
