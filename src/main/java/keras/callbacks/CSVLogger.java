package keras.callbacks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.internal.text.PythonFormat;

/**
 * Writes the numbers of each epoch to a CSV file, a line as soon as the epoch has ended. Keras:
 * {@code keras.callbacks.CSVLogger}.
 *
 * <pre>{@code
 * model.fit(x, y, f -> f.callbacks(new CSVLogger("training.log")));
 * }</pre>
 *
 * <p>The columns are {@code epoch} and the names in the logs of the first epoch, sorted; if there
 * are none of validation among them, columns for those are added and filled with {@code NA}. Lines
 * end with a carriage return and a line feed on every system.
 */
public final class CSVLogger extends Callback {
  private static final String END_OF_LINE = "\r\n";

  private final Path file;
  private char separator = ',';
  private boolean append;

  private BufferedWriter writer;
  private boolean header;
  private List<String> keys;

  /**
   * Writes to a file.
   *
   * @param filename such as {@code run/log.csv}; its folder must be there
   */
  public CSVLogger(String filename) {
    this(Path.of(Checks.given("CSVLogger", "filename", filename)));
  }

  /**
   * Writes to a file.
   *
   * @param file its folder must be there
   */
  public CSVLogger(Path file) {
    this.file = Checks.given("CSVLogger", "file", file);
  }

  /**
   * Sets what stands between two columns.
   *
   * @param value a comma by default
   * @return this callback
   */
  public CSVLogger separator(char value) {
    separator = value;
    return this;
  }

  /**
   * Sets what happens to a file that is there already.
   *
   * @param value true to go on after its last line; false, the default, to begin it anew
   * @return this callback
   */
  public CSVLogger append(boolean value) {
    append = value;
    return this;
  }

  /**
   * Opens the file.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  @Override
  boolean writes() {
    return true;
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    close();
    keys = null;
    try {
      header = !append || Files.notExists(file) || Files.size(file) == 0;
      writer =
          Files.newBufferedWriter(
              file,
              StandardOpenOption.CREATE,
              append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Writes a line.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  @Override
  public void onEpochEnd(int epoch, Map<String, Double> given) {
    Map<String, Double> logs = orNone(given);
    if (writer == null) {
      throw Errors.in("CSVLogger", "no file is open.")
          .expected("onTrainBegin before, as fit calls it")
          .got("onEpochEnd")
          .fix("give the callback to fit")
          .state();
    }
    try {
      if (keys == null) {
        keys = columns(logs);
        if (header) {
          writeLine("epoch", keys);
        }
      }
      writeLine(
          Integer.toString(epoch),
          keys.stream()
              .map(key -> logs.containsKey(key) ? PythonFormat.repr(logs.get(key)) : "NA")
              .toList());
      writer.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Closes the file.
   *
   * @throws UncheckedIOException if that fails
   */
  @Override
  public void onTrainEnd(Map<String, Double> logs) {
    close();
  }

  private static List<String> columns(Map<String, Double> logs) {
    List<String> columns = new ArrayList<>(logs.keySet().stream().sorted().toList());
    if (columns.stream().noneMatch(name -> name.startsWith("val_"))) {
      columns.addAll(columns.stream().map(name -> "val_" + name).toList());
    }
    return columns;
  }

  private void writeLine(String first, List<String> others) throws IOException {
    String line =
        others.stream()
            .map(this::quoted)
            .collect(Collectors.joining(String.valueOf(separator), quoted(first) + separator, ""));
    writer.write((others.isEmpty() ? quoted(first) : line) + END_OF_LINE);
  }

  private String quoted(String field) {
    boolean plain =
        field.chars().noneMatch(c -> c == separator || c == '"' || c == '\r' || c == '\n');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  private void close() {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        throw failed(e);
      } finally {
        writer = null;
      }
    }
  }

  private UncheckedIOException failed(IOException cause) {
    return new UncheckedIOException("CSVLogger: cannot write " + file.toAbsolutePath(), cause);
  }
}
