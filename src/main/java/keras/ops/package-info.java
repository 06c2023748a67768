/**
 * Functions of tensors of a graph of layers. Keras: {@code keras.ops}.
 *
 * @see keras.ops.Ops
 */
package keras.ops;
