package keras.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import keras.testing.Golden;
import org.junit.jupiter.api.Test;

/** Against Python's own formatting; see {@code testdata/progbar.py}. */
class PythonFormatTest {
  private static final Golden GOLDEN = Golden.load("progbar/formats");

  @Test
  void writesTheShortestFormThatReadsBack() {
    for (Golden each : GOLDEN.all("cases")) {
      assertThat(PythonFormat.repr(each.number("value"))).isEqualTo(each.text("repr"));
    }
  }

  @Test
  void roundsTheBinaryValueToSoManyDecimals() {
    for (Golden each : GOLDEN.all("cases")) {
      double value = each.number("value");
      assertThat(PythonFormat.fixed(value, 0)).as("%s", value).isEqualTo(each.text("fixed0"));
      assertThat(PythonFormat.fixed(value, 4)).as("%s", value).isEqualTo(each.text("fixed4"));
    }
  }

  @Test
  void writesPowersOfTenWithTwoDigitsOrMore() {
    for (Golden each : GOLDEN.all("cases")) {
      double value = each.number("value");
      assertThat(PythonFormat.scientific(value, 4)).isEqualTo(each.text("scientific4"));
      assertThat(PythonFormat.scientific(value, 0)).isEqualTo(each.text("scientific0"));
    }
  }

  @Test
  void putsCommasBetweenThousands() {
    for (Golden each : GOLDEN.all("thousands")) {
      assertThat(PythonFormat.thousands(each.integer("value"))).isEqualTo(each.text("text"));
    }
  }
}
