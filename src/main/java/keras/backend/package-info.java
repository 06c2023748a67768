/**
 * The ground that everything stands on: graphs, sessions, variables and gradients of
 * TensorFlow-Java. The only package that touches {@link org.tensorflow.Graph} and {@link
 * org.tensorflow.Session}. It knows nothing of layers, losses or models; of ours it uses {@code
 * keras.utils} and {@code keras.random} only.
 */
package keras.backend;
