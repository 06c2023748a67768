/**
 * Graphs, sessions, programs and the tape that gradients come from. The only package that touches
 * {@link org.tensorflow.Graph} and {@link org.tensorflow.Session}. It knows nothing of layers,
 * losses or models.
 */
package keras.internal.graph;
