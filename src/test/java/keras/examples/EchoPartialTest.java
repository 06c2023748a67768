package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class EchoPartialTest {

  @Test
  void beginsToLearnInAHundredRounds() throws Exception {
    ExampleRun run = ExampleRun.of("echo-partial", "--epochs", "100", "--seed", "1");

    assertThat(run.count("1/1 - ")).isEqualTo(10);
    assertThat(run.count("Expected: [")).isEqualTo(21);
    JsonNode result = run.result();
    assertThat(result.get("example").asText()).isEqualTo("echo-partial");
    assertThat(result.get("rounds").asInt()).isEqualTo(100);
    assertThat(result.get("seconds").asDouble()).isPositive();
    assertThat(result.get("first_loss").asDouble()).isBetween(4.5, 4.7);
    assertThat(result.get("last_loss").asDouble()).isLessThan(4.55);
    assertThat(result.get("accuracy").asDouble()).isBetween(0.0, 1.0);
  }
}
