package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The examples whose models are graphs learn, in fewer rounds than they take by default. */
class GraphExamplesTest {

  @Test
  void additionBeginsToWriteDigits() throws Exception {
    ExampleRun run = ExampleRun.of("addition", "--epochs", "2", "--seed", "1");

    JsonNode result = run.result();
    assertThat(result.get("digits").asDouble()).isGreaterThan(0.3);
    assertThat(result.get("exact").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void echoFunctionalBeginsToLookBack() throws Exception {
    ExampleRun run = ExampleRun.of("echo-functional", "--epochs", "250", "--seed", "1");

    JsonNode result = run.result();
    assertThat(result.get("first_loss").asDouble()).isBetween(4.5, 4.7);
    assertThat(result.get("last_loss").asDouble()).isLessThan(4.2);
    assertThat(run.count("Expected: [")).isEqualTo(21);
  }

  @Test
  void ownCellEchoesAlsoOnceItIsLoaded() throws Exception {
    ExampleRun run = ExampleRun.of("own-cell", "--epochs", "8", "--seed", "1");

    JsonNode result = run.result();
    assertThat(result.get("accuracy").asDouble()).isGreaterThan(0.99);
    assertThat(result.get("loaded_accuracy")).isEqualTo(result.get("accuracy"));
  }

  @Test
  void twoHeadedIsBetterThanTheLastValueAndThanNoAlarm() throws Exception {
    ExampleRun run = ExampleRun.of("two-headed", "--epochs", "8", "--seed", "1");

    JsonNode result = run.result();
    assertThat(result.get("value_error").asDouble())
        .isLessThan(0.8 * result.get("last_value_error").asDouble());
    assertThat(result.get("alarm_accuracy").asDouble())
        .isGreaterThan(result.get("no_alarm_accuracy").asDouble() + 0.04);
    assertThat(run.count("00:00  load")).isEqualTo(1);
  }
}
