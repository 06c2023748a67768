package keras.datasets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import keras.internal.disk.AtomicFile;
import keras.internal.messages.Checks;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Arrays in NumPy's {@code .npy} files.
 *
 * <pre>{@code
 * FloatNdArray x = Npy.load(Path.of("x.npy")); // np.load("x.npy")
 * Npy.save(Path.of("y.npy"), model.predict(x)); // np.save("y.npy", y)
 * }</pre>
 *
 * <p>Numbers of all of NumPy's types but half precision and complex are read, as floats: whole
 * numbers above 2^24 are rounded. Nothing that is pickled is read, so that loading runs no code.
 */
public final class Npy {

  private Npy() {}

  /**
   * Reads an array. Python: {@code np.load(path)}.
   *
   * @param path the file
   * @return the numbers in the shape that they have in Python
   * @throws IllegalArgumentException if it is no such file, is cut off, or holds something else
   *     than numbers
   * @throws UncheckedIOException if it cannot be read
   */
  public static FloatNdArray load(Path path) {
    Checks.notNull("Npy.load", "path", path);
    try {
      long size = Files.size(path);
      return NpyFormat.read(path.toString(), new ByteArrayInputStream(bytes(path, size)), size);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": this cannot be read: " + e, e);
    }
  }

  private static byte[] bytes(Path path, long size) throws IOException {
    NpyFormat.checkFits(path.toString(), size);
    return Files.readAllBytes(path);
  }

  /**
   * Writes an array of 32-bit floats, aside and moved into place. Python: {@code np.save(path,
   * array)}.
   *
   * @param path the file
   * @param array an array or list of numbers of any rank
   * @throws IllegalArgumentException if it is no array of numbers, or the folder is not there
   * @throws UncheckedIOException if it cannot be written
   */
  public static void save(Path path, Object array) {
    Checks.notNull("Npy.save", "path", path);
    byte[] content = NpyFormat.bytes(FloatArrays.of(array, "Npy.save: array"));
    AtomicFile.write(path, aside -> Files.write(aside, content));
  }
}
