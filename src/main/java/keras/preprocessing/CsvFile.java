package keras.preprocessing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import keras.internal.messages.Errors;

/** Reads a CSV file as pandas does. */
final class CsvFile {

  private static final DateTimeFormatter USUAL =
      DateTimeFormatter.ofPattern("[yyyy-M-d[[' ']['T']H:mm[:ss]]][yyyy-M]");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private final Path file;
  private final ReadCsvOptions options;
  private final List<CsvRecord> records = new ArrayList<>();
  private List<String> header;

  CsvFile(Path file, ReadCsvOptions options) {
    this.file = file;
    this.options = options;
  }

  DataFrame read() {
    readRecords();
    int last = Math.max(0, records.size() - options.skipfooter);
    records.subList(last, records.size()).clear();
    if (options.header && !records.isEmpty()) {
      header = records.remove(0).getFields();
    }
    if (options.nrows < records.size()) {
      records.subList(options.nrows, records.size()).clear();
    }
    header = names();
    records.forEach(this::checkFields);
    checkKnown(options.usecols, "usecols");
    checkKnown(options.parseDates, "parseDates");
    Map<String, Column> columns = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      if (options.usecols == null || options.usecols.contains(name)) {
        columns.put(name, options.parseDates.contains(name) ? dates(i) : numbersOrTexts(i));
      }
    }
    return new DataFrame(columns, records.size());
  }

  private void readRecords() {
    try (BufferedReader text = Files.newBufferedReader(file, options.encoding)) {
      for (int i = 0; i < options.skiprows; i++) {
        text.readLine();
      }
      if (options.skiprows == 0) {
        skipByteOrderMark(text);
      }
      try (CsvReader<CsvRecord> csv =
          CsvReader.builder()
              .fieldSeparator(options.sep)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .ofCsvRecord(text)) {
        csv.forEach(records::add);
      }
    } catch (CharacterCodingException e) {
      throw wrongEncoding();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw wrongEncoding();
      }
      throw e;
    } catch (CsvParseException | IllegalArgumentException e) {
      throw Errors.in(file.toString(), "this is no CSV.")
          .expected("values with " + described(options.sep) + " between them")
          .got(e.getMessage())
          .fix("set sep, or put the quotes right")
          .argument();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": this cannot be read: " + e, e);
    }
  }

  private static void skipByteOrderMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
  }

  private IllegalArgumentException wrongEncoding() {
    return Errors.in(file.toString(), "the text has another encoding.")
        .expected(options.encoding)
        .got("bytes that mean nothing in it")
        .fix("readCsv(path, o -> o.encoding(StandardCharsets.ISO_8859_1))")
        .argument();
  }

  private static String described(char sep) {
    return sep == '\t' ? "tabs" : "\"" + sep + "\"";
  }

  private List<String> names() {
    if (header == null && options.header) {
      throw Errors.in(file.toString(), "there are no columns.")
          .expected("a line that names them")
          .got("no lines")
          .fix("pass a file that has some, or set header(false)")
          .argument();
    }
    List<String> names = options.names == null ? header : options.names;
    if (names == null) {
      int width = records.isEmpty() ? 0 : records.get(0).getFieldCount();
      return IntStream.range(0, width).mapToObj(String::valueOf).toList();
    }
    // A name that comes twice gets a number, as in pandas.
    List<String> different = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String name : names) {
      String given = name.isEmpty() ? "Unnamed: " + different.size() : name;
      String free = given;
      for (int i = 1; !taken.add(free); i++) {
        free = given + "." + i;
      }
      different.add(free);
    }
    return different;
  }

  private void checkFields(CsvRecord line) {
    if (line.getFieldCount() != header.size()) {
      throw Errors.in(file + ", line " + lineNumber(line), "the line has another number of values.")
          .expected(header.size() + " values, for the columns " + header)
          .got(line.getFieldCount() + " values")
          .fix("put the line right; for lines that are no data, use skiprows or skipfooter")
          .argument();
    }
  }

  private long lineNumber(CsvRecord line) {
    return options.skiprows + line.getStartingLineNumber();
  }

  private void checkKnown(Iterable<String> names, String argument) {
    if (names != null) {
      names.forEach(name -> DataFrame.checkColumn(file + ": " + argument, header, name));
    }
  }

  private boolean isMissing(String value) {
    return options.naValues.contains(value);
  }

  private Column numbersOrTexts(int place) {
    double[] numbers = new double[records.size()];
    boolean truths = false;
    for (int row = 0; row < numbers.length; row++) {
      String value = records.get(row).getField(place);
      boolean truth = value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
      truths = row == 0 ? truth : truths;
      Double number = isMissing(value) ? Double.valueOf(Double.NaN) : numberOrNull(value);
      if (truth && truths) {
        number = value.equalsIgnoreCase("true") ? 1.0 : 0.0;
      }
      if (number == null || truth != truths) {
        return texts(place);
      }
      numbers[row] = number;
    }
    return Column.ofNumbers(numbers);
  }

  private Column texts(int place) {
    return Column.ofTexts(
        records.stream()
            .map(line -> line.getField(place))
            .map(value -> isMissing(value) ? null : value)
            .toArray(String[]::new));
  }

  private Double numberOrNull(String value) {
    String plain = value.strip();
    if (options.decimal != '.') {
      plain = plain.indexOf('.') >= 0 ? "" : plain.replace(options.decimal, '.');
    }
    String size = plain.startsWith("-") || plain.startsWith("+") ? plain.substring(1) : plain;
    if (size.equalsIgnoreCase("inf") || size.equalsIgnoreCase("infinity")) {
      return plain.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return isNumber(plain) ? Double.valueOf(plain) : null;
  }

  /** Tells whether a text is a decimal number, without the suffixes that Java has for its own. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  private Column dates(int place) {
    LocalDateTime[] dates = new LocalDateTime[records.size()];
    for (int row = 0; row < dates.length; row++) {
      CsvRecord line = records.get(row);
      String value = line.getField(place);
      if (!isMissing(value)) {
        try {
          dates[row] =
              options.dateFormat == null
                  ? date(USUAL.parse(value.strip().replace('/', '-')))
                  : date(options.dateFormat.parse(value.strip()));
        } catch (DateTimeParseException e) {
          throw Errors.in(file + ", line " + lineNumber(line), "this is no date.")
              .expected(
                  options.dateFormat == null
                      ? "2024-01-31, 2024-01-31 18:30 or the like"
                      : "the format " + options.dateFormat)
              .got(value)
              .fix("readCsv(path, o -> o.parseDates(...).dateFormat(\"dd.MM.yyyy\"))")
              .argument();
        }
      }
    }
    return Column.ofDates(dates);
  }

  private static LocalDateTime date(TemporalAccessor parsed) {
    LocalDate day = parsed.query(TemporalQueries.localDate());
    LocalTime time = parsed.query(TemporalQueries.localTime());
    return (day == null ? YearMonth.from(parsed).atDay(1) : day)
        .atTime(time == null ? LocalTime.MIDNIGHT : time);
  }
}
