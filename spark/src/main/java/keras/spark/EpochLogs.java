package keras.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import keras.callbacks.Callback;

/**
 * Keeps loss and metrics of each epoch, and in a file beside the backups, so that they outlive an
 * executor.
 */
final class EpochLogs extends Callback {

  private static final String NAME = "history.txt";

  private final Path file;
  private final int last;
  private final Consumer<String> progress;
  private final TreeMap<Integer, Map<String, Double>> epochs = new TreeMap<>();

  /**
   * Goes on with what the file has.
   *
   * @param folder of the backups, or null
   * @param last how many epochs there will be
   * @param progress is given a line after each
   */
  EpochLogs(String folder, int last, Consumer<String> progress) {
    this.last = last;
    this.progress = progress;
    file = folder == null ? null : Path.of(folder, NAME);
    try {
      if (file != null) {
        Files.createDirectories(file.getParent());
        if (Files.exists(file)) {
          Files.readAllLines(file).forEach(this::read);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": this cannot be read.", e);
    }
  }

  private void read(String line) {
    String[] parts = line.split("\t", -1);
    Map<String, Double> logs = new TreeMap<>();
    for (int i = 1; i + 1 < parts.length; i += 2) {
      logs.put(parts[i], Double.valueOf(parts[i + 1]));
    }
    epochs.put(Integer.valueOf(parts[0]), logs);
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    epochs.put(epoch, new TreeMap<>(logs));
    StringBuilder text = new StringBuilder("Epoch ").append(epoch + 1).append('/').append(last);
    logs.forEach(
        (name, value) -> text.append(String.format(Locale.ROOT, " - %s: %.4f", name, value)));
    progress.accept(text.toString());
    if (file == null) {
      return;
    }
    List<String> lines = new ArrayList<>();
    epochs.forEach(
        (each, values) -> {
          StringBuilder line = new StringBuilder().append(each);
          values.forEach((key, value) -> line.append('\t').append(key).append('\t').append(value));
          lines.add(line.toString());
        });
    try {
      Path aside = file.resolveSibling(NAME + ".tmp");
      Files.write(aside, lines);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": this cannot be written.", e);
    }
  }

  /** Returns what was logged, by epoch, and forgets the file. */
  TreeMap<Integer, Map<String, Double>> taken() {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": this cannot be deleted.", e);
    }
    return epochs;
  }
}
