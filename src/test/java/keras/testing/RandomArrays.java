package keras.testing;

import java.util.Random;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/** Arrays to try things with, where any numbers will do. */
public final class RandomArrays {

  private RandomArrays() {}

  /** Numbers with mean 0 and standard deviation 1. */
  public static FloatNdArray gaussian(Random random, long... shape) {
    float[] values = new float[(int) Shape.of(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FloatArrays.wrap(values, shape);
  }
}
