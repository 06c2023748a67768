package keras.layers;

import keras.internal.messages.Errors;
import org.tensorflow.ndarray.Shape;

/**
 * A tensor that a model's layers will compute, known by its shape and by the layer call that makes
 * it. Keras: {@code keras.KerasTensor}.
 */
public final class KerasTensor {

  private final Shape shape;
  private final Node node;

  KerasTensor(Shape shape, Node node) {
    this.shape = shape;
    this.node = node;
  }

  /**
   * Returns the dimensions, the batch first.
   *
   * @return the shape; dimensions that are not known are -1
   */
  public Shape shape() {
    return shape;
  }

  /**
   * The layer call that makes this tensor.
   *
   * @return a node of the layer graph
   */
  public Node node() {
    return node;
  }

  @Override
  public String toString() {
    return "KerasTensor" + Errors.shape(shape.asArray());
  }
}
