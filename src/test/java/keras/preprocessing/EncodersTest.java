package keras.preprocessing;

import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncodersTest {

  private static final Golden SKLEARN = Golden.load("helpers/encoders");

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.textValue()));
    return texts;
  }

  private static List<List<String>> rows(JsonNode list) {
    List<List<String>> rows = new ArrayList<>();
    list.forEach(each -> rows.add(texts(each)));
    return rows;
  }

  @Test
  void numberLabelsAsScikitLearnDoes() {
    List<String> labels = texts(SKLEARN.json().get("labels"));
    LabelEncoder<String> encoder = new LabelEncoder<>();

    int[] numbers = encoder.fitTransform(labels);

    assertThat(numbers).containsExactly(SKLEARN.ints("numbers"));
    assertThat(encoder.classes()).isEqualTo(texts(SKLEARN.json().get("classes")));
    assertThat(encoder.inverseTransform(numbers)).isEqualTo(labels);
    assertThat(encoder).hasToString("LabelEncoder{classes=[Tokyo, amsterdam, paris, tokyo]}");
  }

  private static List<Golden> oneHot() {
    return SKLEARN.all("one_hot");
  }

  @ParameterizedTest
  @MethodSource("oneHot")
  void giveColumnsAsScikitLearnDoes(Golden expected) {
    OneHotEncoder<String> encoder = new OneHotEncoder<>();
    Golden arguments = expected.at("arguments");
    if (arguments.has("drop")) {
      encoder.drop(arguments.text("drop"));
    }
    if (arguments.has("handle_unknown")) {
      encoder.handleUnknown(arguments.text("handle_unknown"));
    }
    List<List<String>> rows = rows(SKLEARN.json().get("rows"));
    List<List<String>> others = rows(SKLEARN.json().get("other_rows"));

    assertThatArray(encoder.fitTransform(rows)).isCloseTo(expected.array("encoded"));

    boolean ignores = expected.has("other");
    if (ignores) {
      assertThatArray(encoder.transform(others)).isCloseTo(expected.array("other"));
    } else {
      assertThatThrownBy(() -> encoder.transform(others))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("column 0: a label was not fitted.")
          .hasMessageContaining("green");
    }
    assertThat(encoder.inverseTransform(encoder.transform(ignores ? others : rows)))
        .isEqualTo(rows(expected.json().get("back")));
    assertThat(encoder.categories().get(1)).containsExactly("big", "middle", "small");
  }

  @Test
  void wantToBeFittedWithRowsOfOneLength() {
    assertThatThrownBy(() -> new LabelEncoder<String>().transform(List.of("a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing was fitted");
    assertThatThrownBy(() -> new LabelEncoder<String>().fit(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no labels");
    assertThatThrownBy(() -> new LabelEncoder<String>().fit(Arrays.asList("a", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("null");
    assertThatThrownBy(() -> new LabelEncoder<Integer>().fit(List.of(3, 5)).inverseTransform(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 1");
    assertThatThrownBy(
            () -> new OneHotEncoder<String>().fit(List.of(List.of("a", "b"), List.of("a"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 1 has another number of values");
  }
}
