package keras.initializers;

import java.util.Arrays;
import org.tensorflow.ndarray.Shape;

/** All ones. Keras: {@code keras.initializers.Ones}. */
public final class Ones extends Initializer {

  /** The default of scales. */
  public Ones() {}

  @Override
  public float[] call(Shape shape) {
    float[] values = new float[Math.toIntExact(shape.size())];
    Arrays.fill(values, 1);
    return values;
  }
}
