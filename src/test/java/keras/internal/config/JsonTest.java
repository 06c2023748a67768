package keras.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  /** As {@code json.dumps} of Python's. */
  private static final String TEXT =
      "{\"a\": [1, 2.0, 1e-07, 0.1, 1e+22, NaN, -Infinity, null], \"b\": {}, \"c\": [],"
          + " \"d\": \"\\u00e9\\\"\\n\", \"e\": true, \"f\": 1099511627776}";

  private static Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put(
        "a", Arrays.asList(1, 2.0, 1e-7, 0.1, 1e22, Double.NaN, Double.NEGATIVE_INFINITY, null));
    content.put("b", Map.of());
    content.put("c", List.of());
    content.put("d", "\u00e9\"\n");
    content.put("e", true);
    content.put("f", 1099511627776L);
    return content;
  }

  @Test
  void writesWhatPythonWrites() {
    assertThat(Json.write(content())).isEqualTo(TEXT);
  }

  @Test
  void readsWhatPythonWrites() {
    assertThat(Json.read("here", TEXT)).isEqualTo(content());
  }

  @Test
  void saysWhereATextIsNoJson() {
    assertThatThrownBy(() -> Json.read("m.json", "{\"a\":\n 1,, }"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("m.json: this is no configuration.")
        .hasMessageContaining("at line 2, column 4");
    assertThatThrownBy(() -> Json.read("m.json", "{} {}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.read("m.json", "{\"a\": 1" + "0".repeat(100_000) + "}"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
