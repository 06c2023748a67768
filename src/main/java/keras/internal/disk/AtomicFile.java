package keras.internal.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import keras.internal.messages.Errors;

/**
 * Writes a file so that at any moment there is the old one or the new one, both whole: the new one
 * is written beside it, forced onto the disk and moved into place.
 *
 * <p>A process that is killed leaves what it had written beside the file, under the file's name
 * with {@code .tmp} at its end. That may be deleted.
 */
public final class AtomicFile {

  /** Writes the content. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes.
     *
     * @param path a file that does not exist yet
     * @throws IOException if that fails
     */
    void writeTo(Path path) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a file. What was there before is replaced.
   *
   * @param target the file; where it is a symbolic link, what that leads to
   * @param content the function that writes it
   * @throws IllegalArgumentException if the folder does not exist
   * @throws UncheckedIOException if the file cannot be written; what was there before is untouched
   */
  public static void write(Path target, Content content) {
    Path file = resolved(target);
    Path folder = file.getParent();
    if (!Files.isDirectory(folder) || Files.isDirectory(file)) {
      boolean missing = !Files.isDirectory(folder);
      throw Errors.in(target.toString(), "a file cannot be written here.")
          .expected("a folder that exists, and a file name in it")
          .got(missing ? "no folder " + folder : "a folder of that name")
          .fix(missing ? "Files.createDirectories(path.getParent())" : "choose another name")
          .argument();
    }
    Path fresh = beside(file);
    try {
      try {
        content.writeTo(fresh);
        keepPermissions(file, fresh);
        force(fresh);
        move(fresh, file);
        forceFolder(folder);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(target + ": this cannot be written: " + e, e);
    }
  }

  /**
   * Writes a file, and the folders that lead to it where there are none.
   *
   * @param target the file
   * @param content the function that writes it
   * @throws IllegalArgumentException if there is a folder of that name
   * @throws UncheckedIOException if it cannot be written; what was there before is untouched
   */
  public static void writeWithFolders(Path target, Content content) {
    try {
      Path folder = target.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(target + ": its folder cannot be made: " + e, e);
    }
    write(target, content);
  }

  /** Returns a name beside a file that is not taken. */
  public static Path beside(Path file) {
    String unique = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return file.resolveSibling(file.getFileName() + "." + unique + ".tmp");
  }

  private static Path resolved(Path target) {
    try {
      return Files.isSymbolicLink(target) && Files.exists(target)
          ? target.toRealPath()
          : target.toAbsolutePath();
    } catch (IOException e) {
      throw unreadable(target, e);
    }
  }

  private static void keepPermissions(Path old, Path fresh) throws IOException {
    if (Files.exists(old) && Files.getFileStore(old).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(old));
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void move(Path fresh, Path file) throws IOException {
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Makes the move outlast a power failure, where the system lets a folder be opened. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows does not; there the move itself is what can be had.
      return;
    }
  }

  /** Returns the exception for a file that the system does not let us read. */
  public static IllegalArgumentException unreadable(Path path, IOException cause) {
    IllegalArgumentException error =
        Errors.in(path.toString(), "this cannot be read.")
            .expected("a file that may be read")
            .got(cause.toString())
            .fix("check the path and its permissions")
            .argument();
    error.initCause(cause);
    return error;
  }
}
