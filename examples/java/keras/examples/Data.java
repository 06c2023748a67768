package keras.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files of data that come with the examples. */
final class Data {

  private Data() {}

  /** Returns a file of {@code examples/resources/data}, copied to {@code target/examples}. */
  static Path file(String name) {
    Path copy = Path.of("target", "examples", "data", name);
    try (InputStream data = Data.class.getResourceAsStream("/data/" + name)) {
      Files.createDirectories(copy.getParent());
      Files.copy(data, copy, StandardCopyOption.REPLACE_EXISTING);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
