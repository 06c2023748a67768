package keras.datasets;

import java.nio.file.Path;
import java.util.Map;
import keras.utils.TrainTestSplit;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Digits written by hand, 28 by 28 pixels: {@code keras.datasets.mnist}.
 *
 * <pre>{@code
 * TrainTestSplit data = Mnist.loadData();
 * FloatNdArray x = new Rescaling(1 / 255.0).apply(data.xTrain());
 * }</pre>
 *
 * <p>Made by Yann LeCun and Corinna Cortes from data of NIST, under CC BY-SA 3.0.
 */
public final class Mnist {
  private static final String FILE = "mnist.npz";
  private static final String HASH =
      "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1";

  private Mnist() {}

  /**
   * Loads the data, downloaded if they are not in {@code ~/.keras/datasets}: {@code
   * keras.datasets.mnist.load_data()}.
   *
   * @return x of shape {@code (60000, 28, 28)} and {@code (10000, 28, 28)}, 0 to 255; y of shape
   *     {@code (60000,)} and {@code (10000,)}, 0 to 9
   * @throws java.io.UncheckedIOException if they are not there and cannot be downloaded; the
   *     message says where to put the file
   */
  public static TrainTestSplit loadData() {
    return load(DatasetFile.get(FILE, FILE, HASH));
  }

  static TrainTestSplit load(Path file) {
    Map<String, FloatNdArray> arrays = Npz.load(file);
    return new TrainTestSplit(
        Npz.array(file, arrays, "x_train"),
        Npz.array(file, arrays, "x_test"),
        Npz.array(file, arrays, "y_train"),
        Npz.array(file, arrays, "y_test"));
  }
}
