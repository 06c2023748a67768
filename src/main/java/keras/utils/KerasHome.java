package keras.utils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder in which Keras keeps what it has downloaded. */
final class KerasHome {
  private static final String FOLDER = ".keras";

  private KerasHome() {}

  /**
   * Returns {@code $KERAS_HOME} or {@code ~/.keras}; if that cannot be written, a temporary one.
   */
  static Path writable() {
    String set = System.getenv("KERAS_HOME");
    Path home =
        set == null || set.isBlank()
            ? Path.of(System.getProperty("user.home"), FOLDER)
            : Path.of(set);
    try {
      Files.createDirectories(home);
      if (Files.isWritable(home)) {
        return home;
      }
    } catch (IOException e) {
      // Told by where the file is put: a download of Keras goes on, too.
      return temporary();
    }
    return temporary();
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"), FOLDER);
  }
}
