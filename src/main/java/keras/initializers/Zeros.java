package keras.initializers;

import org.tensorflow.ndarray.Shape;

/** All zeros. Keras: {@code keras.initializers.Zeros}. */
public final class Zeros extends Initializer {

  /** The default of biases. */
  public Zeros() {}

  @Override
  public float[] call(Shape shape) {
    return new float[Math.toIntExact(shape.size())];
  }
}
