package keras.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against Python's {@code str.format}; see {@code testdata/checkpoints.py}. */
class PythonTemplateTest {

  private static final Golden GOLDEN = Golden.load("checkpoints/templates");

  private static Stream<Golden> cases() {
    return GOLDEN.all("cases").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesNumbersAsPythonDoes(Golden golden) {
    PythonTemplate template = new PythonTemplate("here", "{v:" + golden.text("form") + "}");
    for (int i = 0; i < GOLDEN.at("values").json().size(); i++) {
      double value = GOLDEN.at("values").json().get(i).doubleValue();
      boolean whole = GOLDEN.at("whole").json().get(i).booleanValue();
      Map<String, Number> values = Map.of("v", whole ? (Number) (int) value : (Number) value);
      String expected = golden.at("texts").json().get(i).textValue();
      if (expected == null) {
        assertThatThrownBy(() -> template.fill(values))
            .as("%s of %s", golden.text("form"), value)
            .isInstanceOf(IllegalArgumentException.class);
      } else {
        assertThat(template.fill(values))
            .as("%s of %s", golden.text("form"), value)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void namesWhatThereIsWhereAPlaceNamesNothing() {
    assertThatThrownBy(
            () ->
                new PythonTemplate("ModelCheckpoint", "{epoch}-{acc:.2f}.keras")
                    .fill(Map.of("loss", 0.5, "epoch", 1)))
        .hasMessage(
            "ModelCheckpoint: \"{epoch}-{acc:.2f}.keras\" cannot be filled: there is nothing of the"
                + " name \"acc\".\n"
                + "  expected: names from epoch, loss, as in {epoch:02d} or {loss:.2f}\n"
                + "  got:      {acc}\n"
                + "  fix:      write {{ and }} for braces that are meant as such");
  }

  @Test
  void keepsBracesThatAreWrittenTwiceAndRefusesLoneOnes() {
    Map<String, Number> none = Map.of();
    assertThat(new PythonTemplate("here", "a{{b}}$1\\").fill(none)).isEqualTo("a{b}$1\\");
    assertThatThrownBy(() -> new PythonTemplate("here", "a{b").fill(none))
        .hasMessageContaining("a brace has no other");
    assertThatThrownBy(() -> new PythonTemplate("here", "a}b").fill(none))
        .hasMessageContaining("a brace has no other");
    assertThatThrownBy(() -> new PythonTemplate("here", "{v:9999999999d}").fill(Map.of("v", 1)))
        .hasMessageContaining("this is no form of a number");
  }
}
