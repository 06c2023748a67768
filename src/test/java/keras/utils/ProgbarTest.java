package keras.utils;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import keras.internal.text.Output;
import keras.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against transcripts of Keras's bar under a clock of the test's; {@code testdata/progbar.py}. */
class ProgbarTest {
  private final StringBuilder text = new StringBuilder();
  private final AtomicLong milliseconds = new AtomicLong();

  private static Stream<Golden> bars() {
    return Golden.load("progbar/bars").all("cases").stream();
  }

  @ParameterizedTest
  @MethodSource("bars")
  void drawsOnATerminalWhatKerasDraws(Golden golden) {
    Progbar bar = bar(golden.at("arguments").json(), true);
    for (Golden each : golden.all("updates")) {
      update(bar, each);
      assertThat(printed()).as("%s at %s ms", golden, milliseconds).isEqualTo(each.text("prints"));
    }
  }

  @ParameterizedTest
  @MethodSource("bars")
  void printsTheLastLineWithoutColoursElsewhere(Golden golden) {
    Progbar bar = bar(golden.at("arguments").json(), false);
    List<Golden> updates = golden.all("updates");
    for (Golden each : updates) {
      update(bar, each);
    }
    String last = updates.get(updates.size() - 1).text("prints");
    assertThat(printed())
        .isEqualTo(last.replaceAll("[\b\r]|\u001b\\[\\d*m", "").replaceAll(" *\n", "\n"));
  }

  @Test
  void isDueAtFirstAndThenAfterEachInterval() {
    Progbar bar = bar(true).interval(0.25);
    assertThat(bar.isDue()).isTrue();
    bar.update(1, Map.of("loss", 1.0));
    milliseconds.set(249);
    assertThat(bar.isDue()).isFalse();
    milliseconds.set(250);
    assertThat(bar.isDue()).isTrue();
  }

  @Test
  void isNeverDueWhereOnlyTheLastLineIsPrinted() {
    assertThat(bar(false).isDue()).isFalse();
    assertThat(bar(true).verbose(2).isDue()).isFalse();
    assertThat(bar(true).verbose(0).isDue()).isFalse();
  }

  @Test
  void countsOnFromWhereItIs() {
    Progbar bar = bar(true).interval(0);
    bar.add(2, Map.of());
    bar.add(2, Map.of());
    assertThat(printed()).contains("4/9").doesNotEndWith("\n");
    bar.add(5, Map.of());
    assertThat(printed()).contains("9/9").endsWith("\n");
  }

  private Progbar bar(boolean terminal) {
    return new Progbar(9).output(Output.to(text).terminal(terminal)).clock(this::nanoseconds);
  }

  private Progbar bar(JsonNode arguments, boolean terminal) {
    Progbar bar = bar(terminal);
    bar.target(arguments.get("target").isNull() ? null : arguments.get("target").intValue());
    if (arguments.has("width")) {
      bar.width(arguments.get("width").intValue());
    }
    if (arguments.has("verbose")) {
      bar.verbose(arguments.get("verbose").intValue());
    }
    if (arguments.has("interval")) {
      bar.interval(arguments.get("interval").doubleValue());
    }
    if (arguments.has("unit_name")) {
      bar.unitName(arguments.get("unit_name").textValue());
    }
    if (arguments.has("stateful_metrics")) {
      bar.statefulMetrics(names(arguments.get("stateful_metrics")));
    }
    if (arguments.has("stateless_metrics")) {
      bar.statelessMetrics(names(arguments.get("stateless_metrics")));
    }
    return bar;
  }

  private void update(Progbar bar, Golden update) {
    milliseconds.set(update.integer("ms"));
    int current = (int) update.integer("current");
    Map<String, Double> values = new LinkedHashMap<>();
    update.at("values").keys().forEach(key -> values.put(key, update.at("values").number(key)));
    if (update.has("finalize")) {
      bar.update(current, values, update.bool("finalize"));
    } else {
      bar.update(current, values);
    }
  }

  private String printed() {
    String printed = text.toString();
    text.setLength(0);
    return printed;
  }

  private long nanoseconds() {
    return 1_000_000 * milliseconds.get();
  }

  private static String[] names(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::textValue)
        .toArray(String[]::new);
  }
}
