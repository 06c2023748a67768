package keras.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is replaced as a whole or not at all. */
class AtomicFileTest {

  @TempDir Path folder;

  @Test
  void leavesTheOldFileWhereWritingFails() throws IOException {
    Path file = folder.resolve("m.keras");
    Files.writeString(file, "old");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    path -> {
                      Files.writeString(path, "half");
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("m.keras")
        .hasMessageContaining("disk full");

    assertThat(file).hasContent("old");
    assertOnly(file);
  }

  @Test
  void replacesTheFileAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("m.keras");
    Files.writeString(file, "old");

    AtomicFile.write(file, path -> Files.writeString(path, "new"));

    assertThat(file).hasContent("new");
    assertOnly(file);
  }

  private void assertOnly(Path file) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void keepsThePermissionsThatTheFileHad() throws IOException {
    Assumptions.assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("posix"), "no permissions here");
    Path file = folder.resolve("m.keras");
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    AtomicFile.write(file, path -> Files.writeString(path, "new"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void writesWhereALinkLeadsTo() throws IOException {
    Path file = folder.resolve("real");
    Path link = folder.resolve("link");
    Files.writeString(file, "old");
    Files.createSymbolicLink(link, file);

    AtomicFile.write(link, path -> Files.writeString(path, "new"));

    assertThat(file).hasContent("new");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void saysThatTheFolderIsMissing() {
    Path file = folder.resolve("none/m.keras");

    assertThatThrownBy(() -> AtomicFile.write(file, path -> Files.writeString(path, "new")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file
                + ": a file cannot be written here.\n"
                + "  expected: a folder that exists, and a file name in it\n"
                + "  got:      no folder "
                + file.getParent()
                + "\n  fix:      Files.createDirectories(path.getParent())");
  }
}
