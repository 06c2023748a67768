package keras.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive is bounded, and is written as Keras writes it. */
class KerasArchiveTest {

  @TempDir Path folder;

  private Path zip(Map<String, byte[]> entries) throws IOException {
    Path path = folder.resolve("m.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return path;
  }

  @Test
  void writesThreeEntriesThatAreNotCompressed() throws IOException {
    Path path = folder.resolve("m.keras");
    Hdf5Writer weights = new Hdf5Writer();
    weights.attribute("vars", "name", "m");

    KerasArchive.write(path, "{\"m\": 1}", "{\"c\": 2}", weights, Map.of());

    try (ZipFile zip = new ZipFile(path.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly("metadata.json", "config.json", "model.weights.h5");
      assertThat(zip.stream().map(ZipEntry::getMethod)).containsOnly(ZipEntry.STORED);
    }
    try (KerasArchive archive = KerasArchive.open(path);
        Hdf5File file = archive.weights()) {
      assertThat(archive.config()).isEqualTo("{\"c\": 2}");
      assertThat(file.attribute("vars", "name")).isEqualTo("m");
    }
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(path);
    }
  }

  @Test
  void refusesWhatUnpacksToFarMoreThanItIs() throws IOException {
    Path path = zip(Map.of("model.weights.h5", new byte[50_000_000]));

    try (KerasArchive archive = KerasArchive.open(path)) {
      assertThatThrownBy(archive::weights)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("m.keras, model.weights.h5: this is too large.")
          .hasMessageContaining("50000000 bytes, packed into");
    }
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    Path path = zip(Map.of("other", new byte[0]));

    try (KerasArchive archive = KerasArchive.open(path)) {
      assertThatThrownBy(archive::config)
          .hasMessageContaining("m.keras, config.json: it is missing.")
          .hasMessageContaining("got:      [other]");
    }
  }

  @Test
  void noticesAChangedByte() throws IOException {
    Path path = folder.resolve("m.keras");
    KerasArchive.write(path, "{}", "{\"units\": 16}", new Hdf5Writer(), Map.of());
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    Files.writeString(path, text.replace("16", "17"), StandardCharsets.ISO_8859_1);

    try (KerasArchive archive = KerasArchive.open(path)) {
      assertThatThrownBy(archive::config)
          .hasMessageContaining("config.json: its content was changed since it was written.");
    }
  }

  @Test
  void refusesWhatIsNoZip() throws IOException {
    Path path = Files.writeString(folder.resolve("m.keras"), "PK? no");

    assertThatThrownBy(() -> KerasArchive.open(path))
        .hasMessageContaining("m.keras: this is no .keras archive.");
  }
}
