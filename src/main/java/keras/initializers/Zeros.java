package keras.initializers;

import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/** All zeros. Keras: {@code keras.initializers.Zeros}. */
public final class Zeros extends Initializer {

  /** The default of biases. */
  public Zeros() {}

  @Override
  public float[] call(Shape shape) {
    return new float[Draws.size("Zeros", shape)];
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code Zeros.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Zeros fromConfig(Config config) {
    return new Zeros();
  }
}
