package keras;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keras.PortingGuide.Section;
import keras.internal.naming.AutoNames;
import keras.random.GlobalSeed;
import keras.testing.Golden;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles and runs every Java line of {@code docs/porting-from-keras.md} and compares what it
 * gives with what its Python line gave to {@code testdata/porting.py}.
 */
class PortingGuideTest {

  private static Map<String, Class<?>> compiled;

  @BeforeAll
  static void compile() throws Exception {
    compiled = PortingGuide.compile();
  }

  static List<Section> sections() {
    return PortingGuide.sections();
  }

  @ParameterizedTest
  @MethodSource("sections")
  void everyJavaLineRunsAndGivesWhatThePythonLineGives(Section section) throws Exception {
    AutoNames.reset();
    GlobalSeed.unset();
    List<PortingGuide.Row> rows = section.rows();
    PortingResults results = new PortingResults(rows.size());
    try {
      compiled.get(section.title()).getMethod("run", PortingResults.class).invoke(null, results);
    } catch (InvocationTargetException e) {
      throw new AssertionError(
          "This Java line fails: " + rows.get(Math.max(0, results.row())).java(), e.getCause());
    } finally {
      results.close();
    }
    Object[] given = results.given();
    List<String> differences = new ArrayList<>();
    JsonNode expected = Golden.load("porting/results").json().get(section.title());
    int next = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).comparable()) {
        continue;
      }
      JsonNode python = expected.get(next++);
      assertThat(python.get("python").asText())
          .as("testdata/porting.py has to be run again")
          .isEqualTo(rows.get(i).python());
      String difference = PortingResults.difference(python.get("gives"), given[i]);
      if (difference != null) {
        differences.add(rows.get(i).java() + ": " + difference);
      }
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void comparesMostOfTheLines() {
    JsonNode results = Golden.load("porting/results").json();
    int rows = 0;
    int compared = 0;
    for (JsonNode section : results) {
      for (JsonNode row : section) {
        rows++;
        compared += row.get("gives").isNull() ? 0 : 1;
      }
    }
    assertThat(compared).isGreaterThan(rows * 3 / 4);
  }
}
