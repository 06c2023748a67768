package keras.preprocessing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import keras.testing.Golden;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DataFrameTest {

  private static final Golden PANDAS = Golden.load("frames/frames");

  @TempDir private Path folder;

  private static DataFrame read(String name, Consumer<ReadCsvOptions> options) {
    return DataFrame.readCsv(Path.of("testdata/frames", name + ".csv"), options);
  }

  private static DataFrame numbers() {
    return read("numbers", o -> {});
  }

  private static Arguments frame(String name, Supplier<DataFrame> made) {
    return Arguments.of(name, made);
  }

  static Stream<Arguments> frames() {
    return Stream.of(
        frame("passengers", () -> read("passengers", o -> o.parseDates("Month"))),
        frame("footer", () -> read("footer", o -> o.skipfooter(2))),
        frame("missing", () -> read("missing", o -> o.naValues("?"))),
        frame("power", () -> read("power", o -> o.sep(';').decimal(',').naValues("?"))),
        frame("plain", () -> read("plain", o -> o.header(false).names("length", "width", "class"))),
        frame("unnamed", () -> read("plain", o -> o.header(false))),
        frame("dates", () -> read("dates", o -> o.parseDates("at", "day"))),
        frame("twice", () -> read("twice", o -> {})),
        frame("tabs", () -> read("tabs", o -> o.sep('\t').skiprows(1).header(false))),
        frame("latin", () -> read("latin", o -> o.encoding(ISO_8859_1))),
        frame("marked", () -> read("marked", o -> {})),
        frame("some", () -> read("missing", o -> o.usecols("wind", "No").naValues("?").nrows(2))),
        frame("numbers", DataFrameTest::numbers),
        frame("dropna", () -> numbers().dropna()),
        frame("fillna", () -> numbers().fillna(-7.5)),
        frame("ffill", () -> numbers().ffill()),
        frame("bfill", () -> numbers().bfill()),
        frame("interpolate", () -> numbers().interpolate()),
        frame("shift", () -> numbers().shift(2)),
        frame("shift_up", () -> numbers().shift(-1)),
        frame("diff", () -> numbers().diff(1)),
        frame("iloc", () -> numbers().iloc(1, 3)),
        frame("select", () -> numbers().select("c", "a")),
        frame("drop", () -> numbers().drop("b")));
  }

  @Test
  void isMadeOfColumns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("number", new double[] {1.5, Double.NaN});
    columns.put("id", new long[] {20_000_001, 3});
    columns.put("maybe", Arrays.asList(7, null));
    columns.put("text", List.of("a", "b"));
    columns.put("at", new LocalDateTime[] {LocalDateTime.of(2024, 2, 29, 0, 0), null});

    DataFrame frame = DataFrame.of(columns);

    assertThat(frame.columns()).containsExactly("number", "id", "maybe", "text", "at");
    assertThat(frame.rows()).isEqualTo(2);
    assertThat(frame.isna())
        .containsOnly(
            Map.entry("number", 1),
            Map.entry("id", 0),
            Map.entry("maybe", 1),
            Map.entry("text", 0),
            Map.entry("at", 1));
    assertThat(frame.texts("text")).containsExactly("a", "b");
    assertThat(FloatArrays.longs(frame.values("id"), "id")).containsExactly(20_000_001, 3);
    assertThatThrownBy(() -> DataFrame.of(Map.of("a", new int[2][2])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DataFrame: a");
    columns.put("short", new float[1]);
    assertThatThrownBy(() -> DataFrame.of(columns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("DataFrame: short", "2 values");
    assertThatThrownBy(() -> DataFrame.of(Map.of("a", List.of(1, "x"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("all of one kind");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void isWhatPandasGives(String name, Supplier<DataFrame> made) {
    DataFrame frame = made.get();

    JsonNode expected = PANDAS.at("frames").json().get(name);
    List<String> columns = new ArrayList<>();
    expected.fieldNames().forEachRemaining(columns::add);
    assertThat(frame.columns()).isEqualTo(columns);
    for (String column : columns) {
      List<String> values = new ArrayList<>();
      expected.get(column).forEach(each -> values.add(each.isNull() ? null : each.asText()));
      assertThat(told(frame, column, expected.get(column))).as(column).isEqualTo(values);
    }
  }

  /** A column as golden files have it: numbers as JSON, infinity and dates as texts. */
  private static List<String> told(DataFrame frame, String column, JsonNode like) {
    List<String> told = new ArrayList<>();
    boolean texts = StreamSupport.stream(like.spliterator(), false).anyMatch(JsonNode::isTextual);
    boolean dates = texts;
    for (JsonNode each : like) {
      texts &= each.isNull() || (each.isTextual() && !each.textValue().endsWith("inf"));
      dates &= each.isNull() || each.asText().matches("\\d{4}-\\d\\d-\\d\\dT.*");
    }
    if (dates && texts) {
      frame
          .dates(column)
          .forEach(each -> told.add(each == null ? null : each.format(ISO_LOCAL_DATE_TIME)));
    } else if (texts) {
      told.addAll(frame.texts(column));
    } else {
      for (double each : frame.numbers(column)) {
        String infinite = each > 0 ? "inf" : "-inf";
        told.add(
            Double.isNaN(each) ? null : Double.isInfinite(each) ? infinite : String.valueOf(each));
      }
    }
    return told;
  }

  @Test
  void countsAndWritesAsPandasDoes() throws IOException {
    DataFrame numbers = numbers();
    JsonNode counts = PANDAS.json().get("isna");
    assertThat(numbers.isna())
        .isEqualTo(
            Map.of(
                "a", counts.get("a").intValue(),
                "b", counts.get("b").intValue(),
                "c", counts.get("c").intValue()));
    Path file = folder.resolve("numbers.csv");
    numbers.toCsv(file);
    assertThat(Files.readString(file)).isEqualTo(PANDAS.text("csv"));
    assertThat(folder).isDirectoryContaining("glob:**numbers.csv");
  }

  @Test
  void givesArraysForModels() {
    DataFrame frame = numbers().iloc(0, 2);

    assertThat(frame.values("c", "a").shape().asArray()).containsExactly(2, 2);
    assertThat(frame.values("c").getFloat(1, 0)).isEqualTo(-1);
    assertThat(frame.values().getFloat(1, 1)).isNaN();
    assertThat(DataFrame.of(new double[][] {{1, 2}, {3, 4}}, "a", "b").with("c", 5, 6).numbers("c"))
        .containsExactly(5, 6);
  }

  @Test
  void printsItsFirstAndLastRows() {
    assertThat(read("dates", o -> o.usecols("at", "value")))
        .hasToString(
            """
                                at  value
            0  2010-01-02 00:00:00    1.0
            1  2010-01-02 05:30:10    2.0
            2  2011-12-31 23:00:00    3.0

            [3 rows x 2 columns]""");
    assertThat(DataFrame.of(new double[30][1], "zero").toString().lines())
        .hasSize(14)
        .contains("4     0.0", "...   ...", "25    0.0");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("bad.csv"), text, ISO_8859_1);
  }

  @Test
  void saysWhichLineIsRagged() throws IOException {
    Path longer = file("a,b\n1,2\n3,4,5\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.readCsv(longer))
        .withMessageContaining("bad.csv, line 3: the line has another number of values.")
        .withMessageContaining("got:      3 values");
    Path shorter = file("x\na,b\n1,2\n\n3\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.readCsv(shorter, o -> o.skiprows(1)))
        .withMessageContaining("line 5")
        .withMessageContaining("skipfooter");
  }

  @Test
  void saysThatTheEncodingIsAnother() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("latin", o -> {}))
        .withMessageContaining("latin.csv: the text has another encoding.")
        .withMessageContaining("ISO_8859_1");
  }

  @Test
  void saysWhatColumnsThereAre() throws IOException {
    DataFrame frame = read("plain", o -> o.header(false).names("length", "width", "class"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frame.values("lenght"))
        .withMessageContaining("one of [length, width, class]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frame.values())
        .withMessageContaining("DataFrame: class: the column does not hold numbers.")
        .withMessageContaining("texts, such as \"Iris-setosa\" in row 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("plain", o -> o.usecols("nothing")))
        .withMessageContaining("usecols: there is no column of this name.");
    Path empty = file("");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.readCsv(empty))
        .withMessageContaining("there are no columns");
  }

  @Test
  void saysWhichDateAndWhichFileCannotBeRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("power", o -> o.sep(';').parseDates("Date")))
        .withMessageContaining("power.csv, line 2: this is no date.")
        .withMessageContaining("dateFormat");
    assertThat(
            read("power", o -> o.sep(';').parseDates("Date").dateFormat("d/M/yyyy"))
                .dates("Date")
                .get(2))
        .hasToString("2006-12-17T00:00");
    assertThatThrownBy(() -> DataFrame.readCsv(folder.resolve("none.csv")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.csv");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> numbers().toCsv(folder.resolve("no/such.csv")))
        .withMessageContaining("createDirectories");
  }
}
