package keras.preprocessing;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import keras.internal.disk.AtomicFile;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.FloatArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * A table with named columns, read from CSV: as much of {@code pandas.DataFrame} as scripts need on
 * the way from a file to a model.
 *
 * <pre>{@code
 * DataFrame frame = DataFrame.readCsv(Path.of("airline-passengers.csv"));
 * FloatNdArray passengers = frame.values("Passengers"); // (144, 1)
 * }</pre>
 *
 * <p>A column holds numbers in double precision, texts or dates. What is missing is {@code NaN}, or
 * null. A frame is never changed: every method gives a new one, and unlike in pandas there is no
 * index.
 */
public final class DataFrame {
  private static final String WHERE = "DataFrame";
  private static final int PRINTED_ROWS = 10;

  private final Map<String, Column> columns;
  private final int rows;

  DataFrame(Map<String, Column> columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  // ---- in and out

  /**
   * Reads a CSV file with a line of names. Python: {@code pandas.read_csv(path)}.
   *
   * @param path the file, UTF-8 with commas
   * @return its columns: numbers where all values of a column are, texts otherwise
   * @throws IllegalArgumentException if a line has another number of values, or the text another
   *     encoding
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public static DataFrame readCsv(Path path) {
    return readCsv(path, options -> {});
  }

  /**
   * Reads a CSV file. Python: {@code pandas.read_csv(path, sep=..., header=..., ...)}.
   *
   * <p>Porting note: a line with fewer values than there are columns is refused, which pandas fills
   * with {@code NaN}; {@code index_col} is not here, as there is no index: use {@link #drop}.
   *
   * @param path the file
   * @param options separator, header, names, columns, dates, missing values, encoding
   * @return its columns
   * @throws IllegalArgumentException if a line has another number of values, the text another
   *     encoding, a date another form, or if a column that is asked for is not there
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public static DataFrame readCsv(Path path, Consumer<ReadCsvOptions> options) {
    Checks.notNull(ReadCsvOptions.WHERE, "path", path);
    return new CsvFile(path, Checks.set(ReadCsvOptions.WHERE, new ReadCsvOptions(), options))
        .read();
  }

  /**
   * Makes a frame of a table of numbers. Python: {@code pandas.DataFrame(data, columns=columns)}.
   *
   * @param data {@code (rows, columns)}, an array or lists
   * @param columns a name for each column, all different
   * @return the frame
   * @throws IllegalArgumentException if it is no table, or has not as many columns as names
   */
  public static DataFrame of(Object data, String... columns) {
    FloatNdArray floats = FloatArrays.of(data, WHERE + ": data");
    Checks.notNull(WHERE, "columns", columns);
    boolean distinct = Arrays.stream(columns).distinct().count() == columns.length;
    if (floats.rank() != 2 || floats.shape().get(1) != columns.length || !distinct) {
      throw Errors.in(WHERE, "names and columns do not fit together.")
          .expected("shape (rows, columns), and a name of its own for each column")
          .got(Errors.shape(FloatArrays.shape(floats)) + " and " + Arrays.toString(columns))
          .fix("name every column once")
          .argument();
    }
    int rows = (int) floats.shape().get(0);
    double[] values = FloatArrays.doubles(data, WHERE + ": data");
    Map<String, Column> all = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i++) {
      int place = i;
      all.put(
          Checks.given(WHERE, "a column's name", columns[i]),
          Column.ofNumbers(
              IntStream.range(0, rows)
                  .mapToDouble(row -> values[row * columns.length + place])
                  .toArray()));
    }
    return new DataFrame(all, rows);
  }

  /**
   * Makes a frame of columns. Python: {@code pandas.DataFrame({"a": [1, 2], "b": ["x", "y"]})}.
   *
   * <p>Tables of other libraries come in so, as {@code table.doubleColumn("a").asDoubleArray()} of
   * Tablesaw.
   *
   * @param columns by name: arrays or lists of numbers; lists or arrays of texts or of {@code
   *     LocalDateTime}, in which null is missing
   * @return the frame, with the columns in the map's order
   * @throws IllegalArgumentException if a column is none of these, or has another length
   */
  public static DataFrame of(Map<String, ?> columns) {
    Map<String, Column> all = new LinkedHashMap<>();
    int rows = -1;
    for (Map.Entry<String, ?> each : Checks.given(WHERE, "columns", columns).entrySet()) {
      String name = Checks.given(WHERE, "a column's name", each.getKey());
      Column column = Column.of(each.getValue(), WHERE + ": " + name);
      int own = column.rows();
      if (rows >= 0 && own != rows) {
        throw Errors.in(WHERE + ": " + name, "the columns have different lengths.")
            .expected(rows + " values, as the columns before")
            .got(own)
            .fix("give as many values for each, null or NaN for what is missing")
            .argument();
      }
      rows = own;
      all.put(name, column);
    }
    return new DataFrame(all, Math.max(0, rows));
  }

  /**
   * Writes a CSV file with a line of names, aside and moved into place. Python: {@code
   * frame.to_csv(path, index=False)}.
   *
   * @param path the file
   * @throws IllegalArgumentException if its folder is not there
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void toCsv(Path path) {
    Checks.notNull("toCsv", "path", path);
    AtomicFile.write(
        path,
        aside -> {
          try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(aside)) {
            csv.writeRecord(columns.keySet());
            for (int row = 0; row < rows; row++) {
              int place = row;
              csv.writeRecord(columns.values().stream().map(each -> each.text(place)).toList());
            }
          }
        });
  }

  // ---- what there is

  /** {@return the names of the columns} */
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /** {@return how many rows there are} */
  public int rows() {
    return rows;
  }

  /**
   * Returns all columns as an array. Python: {@code frame.values}.
   *
   * @return {@code (rows, columns)}
   * @throws IllegalArgumentException if a column does not hold numbers
   */
  public FloatNdArray values() {
    return values(columns.keySet());
  }

  /**
   * Returns some columns as an array. Python: {@code frame[["a", "b"]].values}.
   *
   * @param names the columns, in the order that is wanted
   * @return {@code (rows, columns)}, of one column too
   * @throws IllegalArgumentException if a column is not there, or does not hold numbers
   */
  public FloatNdArray values(String... names) {
    return values(Checks.each("values", "names", names));
  }

  private FloatNdArray values(Collection<String> names) {
    double[] values = new double[Math.multiplyExact(rows, names.size())];
    int place = 0;
    for (String name : names) {
      double[] numbers = column(name, "numbers").numbers;
      for (int row = 0; row < rows; row++) {
        values[row * names.size() + place] = numbers[row];
      }
      place++;
    }
    return FloatArrays.of(values, "values").withShape(Shape.of(rows, names.size()));
  }

  /**
   * Returns a column of numbers. Python: {@code frame["a"].values}.
   *
   * @param name the column
   * @return a number for each row, {@code NaN} where it is missing
   * @throws IllegalArgumentException if it is not there, or does not hold numbers
   */
  public double[] numbers(String name) {
    return column(name, "numbers").numbers.clone();
  }

  /**
   * Returns a column of texts. Python: {@code frame["a"].tolist()}.
   *
   * @param name the column
   * @return a text for each row, null where it is missing
   * @throws IllegalArgumentException if it is not there, or does not hold texts
   */
  public List<String> texts(String name) {
    return Collections.unmodifiableList(Arrays.asList(column(name, "texts").texts.clone()));
  }

  /**
   * Returns a column of dates.
   *
   * @param name the column, named in {@link ReadCsvOptions#parseDates}
   * @return a date for each row, null where it is missing
   * @throws IllegalArgumentException if it is not there, or does not hold dates
   */
  public List<LocalDateTime> dates(String name) {
    return Collections.unmodifiableList(Arrays.asList(column(name, "dates").dates.clone()));
  }

  /**
   * Counts what is missing. Python: {@code frame.isna().sum()}.
   *
   * @return a number for each column
   */
  public Map<String, Integer> isna() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    columns.forEach(
        (name, column) ->
            counts.put(name, (int) IntStream.range(0, rows).filter(column::isMissing).count()));
    return counts;
  }

  static void checkColumn(String where, Collection<String> columns, String name) {
    if (!columns.contains(name)) {
      throw Errors.in(where, "there is no column of this name.")
          .expected("one of " + columns)
          .got(name)
          .fix("check the spelling, and the line of names in the file")
          .argument();
    }
  }

  private Column column(String name, String kind) {
    checkColumn(WHERE, columns.keySet(), name);
    Column found = columns.get(name);
    if (!found.kind().equals(kind)) {
      throw Errors.in(WHERE + ": " + name, "the column does not hold " + kind + ".")
          .expected(kind)
          .got(
              found.kind()
                  + IntStream.range(0, rows)
                      .filter(row -> !found.isMissing(row) && !CsvFile.isNumber(found.text(row)))
                      .mapToObj(row -> ", such as \"" + found.text(row) + "\" in row " + row)
                      .findFirst()
                      .orElse(""))
          .fix(
              kind.equals("numbers")
                  ? "drop(\"" + name + "\"), or name words for what is missing with naValues"
                  : "read it with " + found.kind() + "(\"" + name + "\")")
          .argument();
    }
    return found;
  }

  // ---- columns

  /**
   * Returns some columns. Python: {@code frame[["a", "b"]]}.
   *
   * @param names the columns, in the order that is wanted
   * @return a frame of these
   * @throws IllegalArgumentException if a column is not there
   */
  public DataFrame select(String... names) {
    Map<String, Column> chosen = new LinkedHashMap<>();
    for (String name : Checks.each("select", "names", names)) {
      checkColumn("select", columns.keySet(), name);
      chosen.put(name, columns.get(name));
    }
    return new DataFrame(chosen, rows);
  }

  /**
   * Leaves out some columns. Python: {@code frame.drop(columns=["a", "b"])}.
   *
   * @param names the columns
   * @return a frame of the others
   * @throws IllegalArgumentException if a column is not there
   */
  public DataFrame drop(String... names) {
    Map<String, Column> left = new LinkedHashMap<>(columns);
    for (String name : Checks.each("drop", "names", names)) {
      checkColumn("drop", columns.keySet(), name);
      left.remove(name);
    }
    return new DataFrame(left, rows);
  }

  /**
   * Adds a column, or replaces one. Python: {@code frame["a"] = values}.
   *
   * @param name its name
   * @param values a number for each row
   * @return a frame with it
   * @throws IllegalArgumentException if there are not as many numbers as rows
   */
  public DataFrame with(String name, double... values) {
    Checks.notNull("with", "name", name);
    if (Checks.given("with", "values", values).length != rows) {
      throw Errors.in(WHERE + ": " + name, "there is not a number for each row.")
          .expected(rows + " numbers")
          .got(values.length)
          .fix("pass one for each row, NaN where it is missing")
          .argument();
    }
    Map<String, Column> all = new LinkedHashMap<>(columns);
    all.put(name, Column.ofNumbers(values.clone()));
    return new DataFrame(all, rows);
  }

  // ---- rows

  private DataFrame rows(int count, IntUnaryOperator from) {
    return each(column -> column.rows(count, from), count);
  }

  private DataFrame each(UnaryOperator<Column> change, int count) {
    Map<String, Column> changed = new LinkedHashMap<>();
    columns.forEach((name, column) -> changed.put(name, change.apply(column)));
    return new DataFrame(changed, count);
  }

  /**
   * Returns some rows in a row. Python: {@code frame.iloc[from:to]}.
   *
   * @param from the first, counted from 0
   * @param to the one behind the last
   * @return a frame of these
   * @throws IllegalArgumentException if there are no such rows
   */
  public DataFrame iloc(int from, int to) {
    if (from < 0 || to < from || to > rows) {
      throw Errors.in("iloc", "there are no such rows.")
          .expected("0 <= from <= to <= " + rows)
          .got(from + " to " + to)
          .fix("iloc(0, " + rows + ")")
          .argument();
    }
    return rows(to - from, row -> from + row);
  }

  /**
   * Leaves out rows with anything missing. Python: {@code frame.dropna()}.
   *
   * @return a frame of the others
   */
  public DataFrame dropna() {
    int[] whole =
        IntStream.range(0, rows)
            .filter(row -> columns.values().stream().noneMatch(each -> each.isMissing(row)))
            .toArray();
    return rows(whole.length, row -> whole[row]);
  }

  /**
   * Puts a number where one is missing. Python: {@code frame.fillna(value)}.
   *
   * @param value the number
   * @return a frame whose columns of numbers are whole
   */
  public DataFrame fillna(double value) {
    return each(
        column ->
            column.numbers == null
                ? column
                : Column.ofNumbers(
                    Arrays.stream(column.numbers)
                        .map(number -> Double.isNaN(number) ? value : number)
                        .toArray()),
        rows);
  }

  /**
   * Puts the value of the row before where one is missing. Python: {@code frame.ffill()}.
   *
   * @return a frame in which only first rows may lack a value
   */
  public DataFrame ffill() {
    return each(column -> column.rows(rows, nearest(column, -1)), rows);
  }

  /**
   * Puts the value of the row behind where one is missing. Python: {@code frame.bfill()}.
   *
   * @return a frame in which only last rows may lack a value
   */
  public DataFrame bfill() {
    return each(column -> column.rows(rows, nearest(column, 1)), rows);
  }

  /** Finds for each row the nearest that has a value, in one direction; -1 if none has. */
  private IntUnaryOperator nearest(Column column, int step) {
    int[] found = new int[rows];
    int last = -1;
    for (int i = 0; i < rows; i++) {
      int row = step < 0 ? i : rows - 1 - i;
      last = column.isMissing(row) ? last : row;
      found[row] = last;
    }
    return row -> found[row];
  }

  /**
   * Puts numbers on a straight line between their neighbours where they are missing, and the last
   * number behind it. Python: {@code frame.interpolate()}.
   *
   * @return a frame in which only first rows may lack a number
   */
  public DataFrame interpolate() {
    return each(column -> column.numbers == null ? column : interpolated(column), rows);
  }

  private Column interpolated(Column column) {
    double[] numbers = column.numbers.clone();
    IntUnaryOperator before = nearest(column, -1);
    IntUnaryOperator behind = nearest(column, 1);
    for (int row = 0; row < rows; row++) {
      int left = before.applyAsInt(row);
      int right = behind.applyAsInt(row);
      if (left >= 0 && left != right) {
        double start = column.numbers[left];
        double slope = right < 0 ? 0 : (column.numbers[right] - start) / (right - left);
        numbers[row] = start + slope * (row - left);
      }
    }
    return Column.ofNumbers(numbers);
  }

  /**
   * Moves all values down by some rows. Python: {@code frame.shift(periods)}.
   *
   * @param periods how many rows; negative for up
   * @return a frame of as many rows, where those that nothing moves into are missing
   */
  public DataFrame shift(int periods) {
    return rows(
        rows,
        row -> {
          long from = (long) row - periods;
          return from >= 0 && from < rows ? (int) from : -1;
        });
  }

  /**
   * Takes the number some rows before from each. Python: {@code frame.diff(periods)}.
   *
   * @param periods how many rows before
   * @return a frame of differences, missing where there is no row before
   * @throws IllegalArgumentException if a column does not hold numbers
   */
  public DataFrame diff(int periods) {
    DataFrame before = shift(periods);
    Map<String, Column> differences = new LinkedHashMap<>();
    for (String name : columns.keySet()) {
      double[] numbers = numbers(name);
      double[] others = before.numbers(name);
      Arrays.setAll(numbers, row -> numbers[row] - others[row]);
      differences.put(name, Column.ofNumbers(numbers));
    }
    return new DataFrame(differences, rows);
  }

  /** {@return a table of the first and last rows, as pandas prints it} */
  @Override
  public String toString() {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(columns.keySet());
    lines.add(head);
    for (int row = 0; row < rows; row++) {
      boolean left = rows > PRINTED_ROWS && row >= PRINTED_ROWS / 2;
      if (left && row < rows - PRINTED_ROWS / 2) {
        row = rows - PRINTED_ROWS / 2 - 1;
        lines.add(Collections.nCopies(head.size(), "..."));
        continue;
      }
      int place = row;
      List<String> line = new ArrayList<>(List.of(String.valueOf(row)));
      columns.values().forEach(each -> line.add(each.isMissing(place) ? "NaN" : each.text(place)));
      lines.add(line);
    }
    StringBuilder table = new StringBuilder();
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        int place = i;
        int width = lines.stream().mapToInt(each -> each.get(place).length()).max().orElse(0);
        String gap = " ".repeat(width - line.get(i).length());
        table.append(i == 0 ? line.get(i) + gap : "  " + gap + line.get(i));
      }
      table.append('\n');
    }
    return table + "\n[" + rows + " rows x " + columns.size() + " columns]";
  }
}
