package keras.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;

class GoldenTest {
  private final Golden golden = Golden.load("testing/golden");

  @Test
  void readsAnArrayWithItsShape() {
    FloatNdArray array = golden.array("matrix");

    assertThat(array.shape().asArray()).containsExactly(2, 3);
    assertThat(array.getFloat(1, 0)).isEqualTo((float) (4 / 3.0));
    assertThat(golden.array("scalar").getFloat()).isEqualTo(0.1f);
    assertThat(golden.array("empty").shape().asArray()).containsExactly(0, 3);
  }

  @Test
  void readsPlainListsAndSingleValues() {
    assertThat(golden.floats("list")).containsExactly(0.5f, -1f);
    assertThat(golden.doubles("list")).containsExactly(0.5, -1);
    assertThat(golden.longs("wide")).containsExactly(4294967296L);
    assertThat(golden.ints("whole")).containsExactly(1, 2, 3);
    assertThat(golden.text("name")).isEqualTo("adam");
    assertThat(golden.number("rate")).isEqualTo(1e-3);
    assertThat(golden.integer("steps")).isEqualTo(10);
    assertThat(golden.bool("flag")).isTrue();
    assertThat(golden.has("nothing")).isFalse();
    assertThat(golden.has("flag")).isTrue();
  }

  @Test
  void readsNumbersThatJsonHasNot() {
    assertThat(golden.floats("special"))
        .containsExactly(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
  }

  @Test
  void goesIntoPartsAndLists() {
    assertThat(golden.all("cases"))
        .extracting(each -> each.at("inner").integer("id"))
        .containsExactly(1L, 2L);
    assertThat(golden.all("cases").get(1)).hasToString("testdata/testing/golden.json/cases/1");
    assertThat(golden.arrays("weights"))
        .extracting(each -> each.shape().size())
        .containsExactly(2L, 1L);
  }

  @Test
  void namesTheKeysThatAreThereWhenOneIsNot() {
    assertThatThrownBy(() -> golden.all("cases").get(0).at("outer"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("testdata/testing/golden.json/cases/0 has no \"outer\", only [inner]");
  }

  @Test
  void saysWhichFileIsMissing() {
    assertThatThrownBy(() -> Golden.load("testing/none"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot read ")
        .hasMessageEndingWith("testdata/testing/none.json");
  }
}
