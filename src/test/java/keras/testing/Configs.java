package keras.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares a configuration with the one that Keras wrote: the same keys in the same order, and
 * values that are equal as Python has it, where 2 equals 2.0.
 */
public final class Configs {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Configs() {}

  /** Fails unless a configuration is the one under {@code key}. */
  public static void assertSame(Map<String, Object> config, Golden golden, String key) {
    Golden expected = golden.at(key);
    assertThat(plain(MAPPER.valueToTree(config)).toString())
        .as(expected.toString())
        .isEqualTo(plain(expected.json()).toString());
  }

  /** Maps, lists, texts, and numbers as doubles. */
  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(each -> map.put(each.getKey(), plain(each.getValue())));
      if (map.containsKey("args") && map.get("kwargs") instanceof Map<?, ?> named) {
        // Keras notes what nobody gave it.
        named.remove("training");
        named.remove("mask", "null");
      }
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(each -> list.add(plain(each)));
      return list;
    }
    return node.isNumber() ? Double.valueOf(node.doubleValue()) : node.toString();
  }
}
