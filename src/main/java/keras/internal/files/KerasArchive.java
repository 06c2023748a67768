package keras.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import keras.internal.config.Json;
import keras.internal.disk.AtomicFile;
import keras.internal.disk.ZipEntries;
import keras.internal.messages.Errors;

/**
 * The archive that Keras 3 calls {@code .keras}: a zip file of {@code metadata.json}, {@code
 * config.json} and {@code model.weights.h5}, and of the vocabularies of layers that have one.
 *
 * <p>One that anyone may have written is not believed: only these entries are looked at, each no
 * larger than it may be, and nothing is ever written to disk under a name from the archive.
 */
public final class KerasArchive implements AutoCloseable {

  private static final String METADATA = "metadata.json";
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  private static final int MOST_ENTRIES = 10_000;
  private static final long MOST_TEXT = 1 << 24;
  private static final long MOST_VOCABULARY = 1 << 28;
  private static final long MOST_WEIGHTS = Integer.MAX_VALUE - 8;

  /** Keras compresses nothing. What unpacks to more than this has to have been large packed. */
  private static final long ALWAYS_ALLOWED = 1 << 24;

  private static final int MOST_EXPANSION = 50;

  private static final String FIX = "save the model anew: model.save(path)";

  private final Path path;
  private final ZipFile zip;

  private KerasArchive(Path path, ZipFile zip) {
    this.path = path;
    this.zip = zip;
  }

  /**
   * Opens an archive.
   *
   * @param path where it is
   * @return the archive, to be closed
   * @throws IllegalArgumentException if there is none, or if it is no such archive
   */
  public static KerasArchive open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw Errors.in(path.toString(), "there is no such file.")
          .expected("a file that model.save(path) wrote")
          .got(Files.exists(path) ? "a folder" : "nothing at " + path.toAbsolutePath())
          .fix("check the path")
          .argument();
    }
    try {
      KerasArchive archive = new KerasArchive(path, new ZipFile(path.toFile()));
      try {
        archive.check();
      } catch (RuntimeException | IOException e) {
        archive.close();
        throw e;
      }
      return archive;
    } catch (ZipException | RuntimeException e) {
      throw e instanceof IllegalArgumentException said && said.getMessage().startsWith("" + path)
          ? said
          : wrong(path.toString(), "this is no .keras archive.", "a zip file that is whole", e);
    } catch (IOException e) {
      throw AtomicFile.unreadable(path, e);
    }
  }

  private void check() throws IOException {
    List<? extends ZipEntry> entries = ZipEntries.of(zip);
    if (entries.size() > MOST_ENTRIES) {
      throw wrong(
          path.toString(), "the archive has too many entries.", MOST_ENTRIES, entries.size());
    }
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : entries) {
      if (!names.add(entry.getName())) {
        throw wrong(
            path + ", " + entry.getName(), "the name is there twice.", "each name once", "two");
      }
    }
  }

  /**
   * Returns the model's configuration.
   *
   * @return JSON
   * @throws IllegalArgumentException if it is missing, or too large
   */
  public String config() {
    return new String(bytes(CONFIG, MOST_TEXT), StandardCharsets.UTF_8);
  }

  /**
   * The version of Keras that wrote the archive.
   *
   * @return the text of {@code metadata.json}, or null
   */
  public Object kerasVersion() {
    if (zip.getEntry(METADATA) == null) {
      return null;
    }
    try {
      String metadata = new String(bytes(METADATA, MOST_TEXT), StandardCharsets.UTF_8);
      return Json.read(path + ", " + METADATA, metadata).get("keras_version");
    } catch (IllegalArgumentException e) {
      return null; // Keras does not look at it at all.
    }
  }

  /**
   * Returns the configuration's name in messages.
   *
   * @return the file and the entry
   */
  public String configPlace() {
    return path + ", " + CONFIG;
  }

  /**
   * The model's weights.
   *
   * @return to be closed; needs the archive no longer
   * @throws IllegalArgumentException if they are missing, or are no HDF5 file
   */
  public Hdf5File weights() {
    return Hdf5File.of(path + ", " + WEIGHTS, bytes(WEIGHTS, MOST_WEIGHTS), FIX);
  }

  /**
   * Returns the lines of a vocabulary.
   *
   * @param place of the layer, as {@code layers/string_lookup}
   * @return one token each; null if there is none
   * @throws IllegalArgumentException if it is too large
   */
  public List<String> vocabulary(String place) {
    String name = vocabularyName(place);
    if (zip.getEntry(name) == null) {
      return null;
    }
    String text = new String(bytes(name, MOST_VOCABULARY), StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(text.lines().toList());
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private static String vocabularyName(String place) {
    return "assets/" + place + "/vocabulary.txt";
  }

  private byte[] bytes(String name, long most) {
    String where = path + ", " + name;
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw wrong(
          where, "it is missing.", "an archive with " + CONFIG + " and " + WEIGHTS, names());
    }
    long size = entry.getSize();
    long packed = entry.getCompressedSize();
    long allowed = Math.min(most, Math.max(ALWAYS_ALLOWED, MOST_EXPANSION * packed));
    if (size < 0 || size > allowed) {
      throw wrong(
          where,
          "this is too large.",
          "at most " + allowed + " bytes",
          size + " bytes, packed into " + packed);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) size);
      if (bytes.length != size || in.read() >= 0) {
        throw wrong(where, "its size is another one.", size + " bytes", "more or fewer");
      }
      CRC32 sum = new CRC32();
      sum.update(bytes);
      if (sum.getValue() != entry.getCrc()) {
        throw wrong(
            where,
            "its content was changed since it was written.",
            "the checksum " + Long.toHexString(entry.getCrc()),
            Long.toHexString(sum.getValue()));
      }
      return bytes;
    } catch (IOException | OutOfMemoryError e) {
      throw wrong(where, "this cannot be read.", "an entry that is whole", e);
    }
  }

  private List<String> names() {
    return zip.stream().limit(10).map(ZipEntry::getName).toList();
  }

  private static IllegalArgumentException wrong(
      String where, String what, Object expected, Object got) {
    return Errors.in(where, what).expected(expected).got(got).fix(FIX).argument();
  }

  /**
   * Writes an archive, as a whole or not at all.
   *
   * @param target where; a file of this name is replaced
   * @param metadata JSON
   * @param config JSON
   * @param weights the weights
   * @param vocabularies lines by the places of layers
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public static void write(
      Path target,
      String metadata,
      String config,
      Hdf5Writer weights,
      Map<String, List<String>> vocabularies) {
    AtomicFile.write(target, fresh -> writeEntries(fresh, metadata, config, weights, vocabularies));
  }

  private static void writeEntries(
      Path fresh,
      String metadata,
      String config,
      Hdf5Writer weights,
      Map<String, List<String>> vocabularies)
      throws IOException {
    Path hdf5 = AtomicFile.beside(fresh);
    try (OutputStream out = Files.newOutputStream(fresh);
        ZipOutputStream to = new ZipOutputStream(out)) {
      weights.writeTo(hdf5);
      addText(to, METADATA, metadata);
      addText(to, CONFIG, config);
      add(to, WEIGHTS, hdf5);
      for (Map.Entry<String, List<String>> each : vocabularies.entrySet()) {
        addText(to, vocabularyName(each.getKey()), String.join("\n", each.getValue()));
      }
    } finally {
      Files.deleteIfExists(hdf5);
    }
  }

  private static void addText(ZipOutputStream to, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    start(to, name, bytes.length, sum);
    to.write(bytes);
    to.closeEntry();
  }

  private static void add(ZipOutputStream to, String name, Path file) throws IOException {
    CRC32 sum = new CRC32();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sum.update(buffer, 0, read);
      }
    }
    start(to, name, Files.size(file), sum);
    Files.copy(file, to);
    to.closeEntry();
  }

  /** Starts an entry that is not compressed, as Keras writes them. */
  private static void start(ZipOutputStream to, String name, long size, CRC32 sum)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size);
    entry.setCrc(sum.getValue());
    to.putNextEntry(entry);
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      // It was only read.
      return;
    }
  }
}
