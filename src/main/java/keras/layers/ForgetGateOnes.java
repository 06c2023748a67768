package keras.layers;

import java.util.Arrays;
import keras.initializers.Initializer;
import org.tensorflow.ndarray.Shape;

/** A bias for the gates i, f, c, o whose forget gate is one, so that a fresh LSTM remembers. */
final class ForgetGateOnes extends Initializer {

  private final Initializer others;

  ForgetGateOnes(Initializer others) {
    this.others = others;
  }

  @Override
  public float[] call(Shape shape) {
    int units = (int) shape.get(0) / 4;
    float[] values = new float[4 * units];
    System.arraycopy(others.call(Shape.of(units)), 0, values, 0, units);
    Arrays.fill(values, units, 2 * units, 1);
    System.arraycopy(others.call(Shape.of(2L * units)), 0, values, 2 * units, 2 * units);
    return values;
  }
}
