package keras.datasets;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import keras.random.NumpyRandom;
import keras.utils.FloatArrays;
import keras.utils.TrainTestSplit;
import org.tensorflow.ndarray.FloatNdArray;

/** Rows about houses, shuffled and parted as Keras does. */
final class Houses {

  private Houses() {}

  /**
   * Loads the rows.
   *
   * @param file an {@code .npz} with x and y
   * @param rows how many of the first rows are taken
   * @param testSplit the share of the rows to test with
   * @param random what the rows are shuffled by
   */
  static TrainTestSplit load(Path file, int rows, double testSplit, NumpyRandom random) {
    Map<String, FloatNdArray> arrays = Npz.load(file);
    FloatNdArray x = Npz.array(file, arrays, "x");
    FloatNdArray y = Npz.array(file, arrays, "y");
    int[] order = order((int) Math.min(rows, x.shape().get(0)), random);
    int train = (int) (order.length * (1 - testSplit));
    int[] first = Arrays.copyOf(order, train);
    int[] rest = Arrays.copyOfRange(order, train, order.length);
    return new TrainTestSplit(
        FloatArrays.gather(x, first),
        FloatArrays.gather(x, rest),
        FloatArrays.gather(y, first),
        FloatArrays.gather(y, rest));
  }

  /** Returns the numbers from 0 on, shuffled. */
  static int[] order(int count, NumpyRandom random) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    random.shuffle(order);
    return order;
  }
}
