package keras.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;

/**
 * The place of a SavedModel. It is written beside, and moved there once it is complete: who looks
 * sees the whole of an earlier one, or of the new one, or for a moment none.
 */
final class SavedModelFolder {

  /** Names in a folder that is taken for a SavedModel, and deleted as such. */
  private static final Set<String> PARTS =
      Set.of(
          "saved_model.pb",
          "variables",
          "assets",
          "assets.extra",
          "fingerprint.pb",
          "keras_metadata.pb");

  /** Writes a SavedModel. */
  @FunctionalInterface
  interface Content {
    /**
     * Writes it.
     *
     * @param folder a new folder
     */
    void write(Path folder) throws IOException;
  }

  private final Path folder;

  SavedModelFolder(Path folder) {
    this.folder = folder;
  }

  /** Puts a new SavedModel in the place of an earlier one, or of nothing. */
  void replace(Content content) throws IOException {
    Path place = Files.exists(folder) ? folder.toRealPath() : folder.toAbsolutePath().normalize();
    if (place.getParent() != null) {
      Files.createDirectories(place.getParent());
    }
    Path fresh = beside(place, "new");
    Path old = beside(place, "old");
    try {
      Files.createDirectory(fresh);
      content.write(fresh);
      if (Files.exists(place)) {
        Files.move(place, old);
      }
      try {
        Files.move(fresh, place);
      } catch (IOException e) {
        if (Files.exists(old)) {
          Files.move(old, place);
        }
        throw e;
      }
    } finally {
      delete(fresh);
      delete(old);
    }
  }

  private static Path beside(Path place, String what) {
    return place.resolveSibling("." + place.getFileName() + "." + what + "-" + UUID.randomUUID());
  }

  /** Refuses a place where there is anything else than a SavedModel. */
  void checkFree() {
    Checks.notNull("export", "path", folder);
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Set<String> found = new TreeSet<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        entries.forEach(entry -> found.add(entry.getFileName().toString()));
      } catch (IOException e) {
        throw new UncheckedIOException("export: cannot read " + folder, e);
      }
      boolean known = PARTS.containsAll(found);
      if (found.isEmpty() || (known && found.contains("saved_model.pb"))) {
        return;
      }
      found.removeAll(PARTS);
    }
    throw Errors.in("export", folder + " is there already, and is no SavedModel.")
        .expected("a folder that is not there yet, is empty or has an earlier SavedModel")
        .got(
            found.isEmpty()
                ? Files.isDirectory(folder) ? "a folder without saved_model.pb" : "a file"
                : "a folder with " + String.join(", ", found))
        .fix("name another folder, or delete this one")
        .state();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(folder)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
