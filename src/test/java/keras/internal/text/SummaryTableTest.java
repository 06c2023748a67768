package keras.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import keras.internal.text.SummaryTable.Row;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what Keras prints; see {@code testdata/summary.py}. */
class SummaryTableTest {

  private static Stream<Golden> models() {
    return Golden.load("summary/models").all("cases").stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void printsWhatKerasPrints(Golden golden) throws IOException {
    SummaryTable table =
        new SummaryTable(golden.text("model")).columns((int) golden.integer("columns"));
    for (Golden row : golden.all("rows")) {
      table.row(row(row));
    }
    if (golden.has("line_length")) {
      table.lineLength((int) golden.integer("line_length"));
    }
    if (golden.has("positions")) {
      table.positions(golden.doubles("positions"));
    }
    table.trainable(count(golden, "trainable"), bytes(golden, "trainable"));
    table.nonTrainable(count(golden, "non_trainable"), bytes(golden, "non_trainable"));
    if (golden.has("optimizer")) {
      table.optimizer(count(golden, "optimizer"), bytes(golden, "optimizer"));
    }
    Path expected = Path.of("testdata", "summary", golden.text("name") + ".txt");
    assertThat(table.text()).as("%s", expected).isEqualTo(Files.readString(expected));
  }

  @Test
  void writesSizesAsKerasDoes() {
    for (Golden each : Golden.load("summary/sizes").all("cases")) {
      assertThat(SummaryTable.memorySize(each.number("bytes"))).isEqualTo(each.text("text"));
    }
  }

  @Test
  void writesShapesAsKerasDoes() {
    assertThat(SummaryTable.shape(-1, 24, 3)).isEqualTo("(None, 24, 3)");
    assertThat(SummaryTable.shape(7)).isEqualTo("(7)");
    assertThat(SummaryTable.shape()).isEqualTo("()");
    assertThat(SummaryTable.shapes(List.of("(7, 3)"))).isEqualTo("(7, 3)");
    assertThat(SummaryTable.shapes(List.of("(7, 3)", "(7, 4)"))).isEqualTo("[(7, 3), (7, 4)]");
  }

  @Test
  void refusesLinesThatAreTooShortForTheColumns() {
    SummaryTable table = new SummaryTable("small").lineLength(15);
    assertThatThrownBy(table::text)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            summary: there is no room for column "Param #".
              expected: 4 characters or more for each column
              got:      3 characters, of 15 in a line
              fix:      give a longer lineLength, or positions that are further apart""");
  }

  @Test
  void refusesPositionsThatDoNotFitTheColumns() {
    SummaryTable table =
        new SummaryTable("joined")
            .positions(0.5, 0.8, 1)
            .row(new Row("a", "Dense", "(None, 1)", "2").connectedTo("b[0][0]"));
    assertThatThrownBy(table::text)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: 4 positions\n  got:      3");
  }

  private static Row row(Golden golden) {
    Row row =
        new Row(
            golden.text("name"),
            golden.text("type"),
            golden.text("output_shape"),
            golden.text("params"));
    if (golden.integer("nested") > 0) {
      row = row.nested((int) golden.integer("nested"));
    }
    if (golden.has("connected_to")) {
      row = row.connectedTo(golden.text("connected_to"));
    }
    return golden.has("trainable") ? row.trainable(golden.text("trainable")) : row;
  }

  private static long count(Golden golden, String part) {
    return golden.at(part).integer("count");
  }

  private static double bytes(Golden golden, String part) {
    return golden.at(part).number("bytes");
  }
}
