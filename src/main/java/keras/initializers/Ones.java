package keras.initializers;

import java.util.Arrays;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/** All ones. Keras: {@code keras.initializers.Ones}. */
public final class Ones extends Initializer {

  /** The default of scales. */
  public Ones() {}

  @Override
  public float[] call(Shape shape) {
    float[] values = new float[Draws.size("Ones", shape)];
    Arrays.fill(values, 1);
    return values;
  }

  /**
   * Returns an initializer of its arguments. Keras: {@code Ones.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new initializer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Ones fromConfig(Config config) {
    return new Ones();
  }
}
