package keras.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import keras.internal.disk.AtomicFile;
import keras.internal.disk.ZipEntries;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Several arrays by name in NumPy's {@code .npz} files.
 *
 * <pre>{@code
 * Map<String, FloatNdArray> data = Npz.load(Path.of("data.npz")); // np.load("data.npz")
 * FloatNdArray x = data.get("x_train");
 * Npz.save(Path.of("out.npz"), Map.of("y", y)); // np.savez_compressed("out.npz", y=y)
 * }</pre>
 *
 * <p>What is read as in {@link Npy}.
 */
public final class Npz {
  private static final String ENDING = ".npy";

  private Npz() {}

  /**
   * Reads all arrays. Python: {@code dict(np.load(path))}.
   *
   * @param path the file
   * @return the arrays by name, in the file's order
   * @throws IllegalArgumentException if it is no such file, is cut off, or holds something else
   *     than numbers
   * @throws UncheckedIOException if it cannot be read
   */
  public static Map<String, FloatNdArray> load(Path path) {
    Checks.notNull("Npz.load", "path", path);
    return read(path, NpyFormat::read);
  }

  /** Reads one array. */
  @FunctionalInterface
  interface Reader<T> {
    T read(String where, InputStream content, long size) throws IOException;
  }

  /** Reads all arrays in some way. */
  static <T> Map<String, T> read(Path path, Reader<T> reader) {
    Map<String, T> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (ZipEntry entry : ZipEntries.of(zip)) {
        String name = entry.getName();
        try (InputStream content = zip.getInputStream(entry)) {
          arrays.put(
              name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name,
              reader.read(path + ", " + name, content, entry.getSize()));
        }
      }
    } catch (ZipException e) {
      throw damaged(path, e);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": this cannot be read: " + e, e);
    }
    return Collections.unmodifiableMap(arrays);
  }

  private static IllegalArgumentException damaged(Path path, ZipException e) {
    return Errors.in(path.toString(), "this is no .npz file, or it is damaged.")
        .expected("what np.savez writes")
        .got(e.getMessage())
        .fix("write it again; single arrays are read by Npy.load")
        .argument();
  }

  /** Returns the array of a name that must be there. */
  static <T> T array(Path path, Map<String, T> arrays, String name) {
    T array = arrays.get(name);
    if (array == null) {
      throw Errors.in(path.toString(), "there is no array \"" + name + "\".")
          .expected("the arrays of this data set")
          .got(arrays.keySet())
          .fix("delete the file, so that it is downloaded again")
          .argument();
    }
    return array;
  }

  /**
   * Writes arrays of 32-bit floats, compressed, aside and moved into place. Python: {@code
   * np.savez_compressed(path, **arrays)}.
   *
   * @param path the file
   * @param arrays arrays or lists of numbers by name
   * @throws IllegalArgumentException if one is no array of numbers, or the folder is not there
   * @throws UncheckedIOException if it cannot be written
   */
  public static void save(Path path, Map<String, ?> arrays) {
    Checks.notNull("Npz.save", "path", path);
    Map<String, byte[]> contents = new LinkedHashMap<>();
    Checks.given("Npz.save", "arrays", arrays)
        .forEach(
            (name, array) ->
                contents.put(
                    Checks.given("Npz.save", "a name", name) + ENDING,
                    NpyFormat.bytes(FloatArrays.of(array, "Npz.save: " + name))));
    AtomicFile.write(
        path,
        aside -> {
          try (OutputStream file = Files.newOutputStream(aside);
              ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> each : contents.entrySet()) {
              ZipEntry entry = new ZipEntry(each.getKey());
              entry.setTime(0); // The same arrays give the same bytes.
              zip.putNextEntry(entry);
              zip.write(each.getValue());
            }
          }
        });
  }
}
