/**
 * The graph of an exported model in the words of ONNX: op by op, except for loops over timesteps.
 * Knows TensorFlow's ops and ONNX's, and no layer.
 */
package keras.internal.onnx;
