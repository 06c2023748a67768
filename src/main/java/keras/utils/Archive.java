package keras.utils;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import keras.internal.disk.AtomicFile;
import keras.internal.disk.ZipEntries;
import keras.internal.messages.Errors;
import keras.internal.messages.Libraries;

/**
 * An archive of files, extracted aside and moved into place. An entry that leads out of the folder
 * is refused, and links are never made.
 */
final class Archive {
  private final Path file;

  Archive(Path file) {
    this.file = file;
  }

  /**
   * Extracts all files.
   *
   * @param folder where to; files that are there are replaced
   * @throws IllegalArgumentException if it is no archive, or is damaged
   * @throws IllegalStateException if it is no {@code .zip}, and commons-compress is missing
   * @throws UncheckedIOException if the files cannot be written
   */
  void extract(Path folder) {
    Path aside = AtomicFile.beside(folder);
    try {
      try {
        Files.createDirectory(aside);
        if (isZip()) {
          unzip(aside);
        } else {
          Libraries.check(
              GetFileOptions.WHERE + ": extract",
              "org.apache.commons.compress.archivers.tar.TarArchiveInputStream",
              "org.apache.commons:commons-compress:1.28.0");
          Tar.extract(this, aside);
        }
        moveInto(folder, aside);
      } finally {
        delete(aside);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": this cannot be written: " + e, e);
    }
  }

  /** Returns the archive's bytes. */
  InputStream open() throws IOException {
    return new BufferedInputStream(Files.newInputStream(file));
  }

  private boolean isZip() throws IOException {
    try (InputStream content = open()) {
      return content.read() == 'P' && content.read() == 'K';
    }
  }

  private void unzip(Path aside) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : ZipEntries.of(zip)) {
        if (!entry.isDirectory()) {
          try (InputStream content = zip.getInputStream(entry)) {
            put(aside, entry.getName(), content);
          }
        }
      }
    } catch (ZipException e) {
      throw damaged(e);
    }
  }

  /** Writes one file of the archive. */
  void put(Path folder, String name, InputStream content) throws IOException {
    Path target = inside(folder, name);
    Files.createDirectories(target.getParent());
    Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path inside(Path folder, String name) {
    try {
      Path target = folder.resolve(name).normalize();
      if (target.startsWith(folder) && !target.equals(folder)) {
        return target;
      }
    } catch (InvalidPathException e) {
      throw outside(name);
    }
    throw outside(name);
  }

  /** Returns the exception for an entry that would be written elsewhere. */
  IllegalArgumentException outside(String name) {
    return Errors.in(file.toString(), "an entry of the archive leads out of its folder.")
        .expected("files in folders of the archive")
        .got("\"" + name.replace("\0", "\\0") + "\"")
        .fix("do not use this archive: its maker means harm, or it is damaged")
        .argument();
  }

  /** Returns the exception for a file that is no archive. */
  IllegalArgumentException damaged(IOException cause) {
    IllegalArgumentException error =
        Errors.in(file.toString(), "this is no archive, or it is damaged.")
            .expected("a .zip, .tar, .tar.gz or .tar.bz2")
            .got(cause.toString())
            .fix("delete it, and download it again")
            .argument();
    error.initCause(cause);
    return error;
  }

  private static void moveInto(Path folder, Path aside) throws IOException {
    if (!Files.exists(folder)) {
      Files.move(aside, folder);
      return;
    }
    for (Path each : below(aside)) {
      if (Files.isRegularFile(each)) {
        Path target = folder.resolve(aside.relativize(each));
        Files.createDirectories(target.getParent());
        Files.move(each, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path each : below(folder)) {
        Files.delete(each);
      }
    }
  }
}
