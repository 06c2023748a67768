package keras.preprocessing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import keras.internal.messages.Checks;

/** The keyword arguments of {@link DataFrame#readCsv}, named as in {@code pandas.read_csv}. */
public final class ReadCsvOptions {
  static final String WHERE = "readCsv";

  char sep = ',';
  char decimal = '.';
  boolean header = true;
  List<String> names;
  List<String> usecols;
  Set<String> parseDates = Set.of();
  DateTimeFormatter dateFormat;
  Set<String> naValues = MISSING;
  int skiprows;
  int skipfooter;
  int nrows = Integer.MAX_VALUE;
  Charset encoding = StandardCharsets.UTF_8;

  /** Words that pandas takes for a value that is missing. */
  private static final Set<String> MISSING =
      Set.of(
          "",
          "#N/A",
          "#N/A N/A",
          "#NA",
          "-1.#IND",
          "-1.#QNAN",
          "-NaN",
          "-nan",
          "1.#IND",
          "1.#QNAN",
          "<NA>",
          "N/A",
          "NA",
          "NULL",
          "NaN",
          "None",
          "n/a",
          "nan",
          "null");

  ReadCsvOptions() {}

  /**
   * Sets what stands between values; a comma by default.
   *
   * @param value for example {@code ';'} or {@code '\t'}
   * @return these options
   */
  public ReadCsvOptions sep(char value) {
    sep = value;
    return this;
  }

  /**
   * Sets what stands before the decimals of a number; a point by default.
   *
   * @param value for example {@code ','}
   * @return these options
   */
  public ReadCsvOptions decimal(char value) {
    decimal = value;
    return this;
  }

  /**
   * Sets whether the first line names the columns; true by default. Without it they are named
   * {@code 0}, {@code 1} and so on.
   *
   * @param value false where the data begin at once, pandas' {@code header=None}
   * @return these options
   */
  public ReadCsvOptions header(boolean value) {
    header = value;
    return this;
  }

  /**
   * Names the columns, in place of the first line where there is one.
   *
   * @param values a name for each column
   * @return these options
   */
  public ReadCsvOptions names(String... values) {
    names = Checks.each(WHERE, "names", values);
    return this;
  }

  /**
   * Sets which columns are read; all by default. They come in the file's order.
   *
   * @param values their names
   * @return these options
   */
  public ReadCsvOptions usecols(String... values) {
    usecols = Checks.each(WHERE, "usecols", values);
    return this;
  }

  /**
   * Sets which columns hold dates: {@code 2024-01-31}, {@code 2024-01-31 18:30}, {@code
   * 2024-01-31T18:30:05}, with {@code /} for {@code -} too, or {@code 2024-01}.
   *
   * @param columns their names
   * @return these options
   */
  public ReadCsvOptions parseDates(String... columns) {
    parseDates = Set.copyOf(Checks.each(WHERE, "parseDates", columns));
    return this;
  }

  /**
   * Sets how dates are written, where it is another way.
   *
   * @param pattern of {@link DateTimeFormatter}, such as {@code "dd.MM.yyyy HH:mm:ss"}
   * @return these options
   * @throws IllegalArgumentException if it is no pattern
   */
  public ReadCsvOptions dateFormat(String pattern) {
    dateFormat = DateTimeFormatter.ofPattern(Checks.given(WHERE, "dateFormat", pattern));
    return this;
  }

  /**
   * Sets further words for what is missing, besides pandas' own: nothing, {@code NA}, {@code NaN},
   * {@code null} and the like.
   *
   * @param values for example {@code "?"}
   * @return these options
   */
  public ReadCsvOptions naValues(String... values) {
    naValues = new HashSet<>(MISSING);
    naValues.addAll(Checks.each(WHERE, "naValues", values));
    return this;
  }

  /**
   * Sets how many lines are passed over at the beginning; none by default.
   *
   * @param value 0 or more
   * @return these options
   * @throws IllegalArgumentException if it is negative
   */
  public ReadCsvOptions skiprows(int value) {
    skiprows = Checks.notNegative(WHERE, "skiprows", value);
    return this;
  }

  /**
   * Sets how many lines are passed over at the end; none by default.
   *
   * @param value 0 or more
   * @return these options
   * @throws IllegalArgumentException if it is negative
   */
  public ReadCsvOptions skipfooter(int value) {
    skipfooter = Checks.notNegative(WHERE, "skipfooter", value);
    return this;
  }

  /**
   * Sets how many rows are read at most; all by default.
   *
   * @param value 0 or more
   * @return these options
   * @throws IllegalArgumentException if it is negative
   */
  public ReadCsvOptions nrows(int value) {
    nrows = Checks.notNegative(WHERE, "nrows", value);
    return this;
  }

  /**
   * Sets the encoding; UTF-8 by default.
   *
   * @param value for example {@link StandardCharsets#ISO_8859_1}
   * @return these options
   */
  public ReadCsvOptions encoding(Charset value) {
    encoding = Checks.given(WHERE, "encoding", value);
    return this;
  }
}
