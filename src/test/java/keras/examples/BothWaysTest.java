package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class BothWaysTest {

  @Test
  void readsBestInBothDirections() throws Exception {
    ExampleRun run = ExampleRun.of("bidirectional", "--epochs", "10", "--seed", "1");

    JsonNode result = run.result();
    assertThat(result.get("both").asDouble()).isGreaterThan(0.95);
    assertThat(result.get("both").asDouble()).isGreaterThan(result.get("backward").asDouble());
    assertThat(run.count("forward")).isPositive();
  }
}
