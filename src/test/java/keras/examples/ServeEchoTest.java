package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServeEchoTest {

  @Test
  void answersWindowsAndAStreamWithWhatWasTrained() throws Exception {
    ExampleRun run = ExampleRun.of("serve-echo", "--epochs", "300", "--seed", "1");

    assertThat(run.count("Expected: [")).isEqualTo(5);
    assertThat(run.count("Streamed: [")).isEqualTo(1);
    JsonNode result = run.result();
    assertThat(result.get("example").asText()).isEqualTo("serve-echo");
    assertThat(result.get("rounds").asInt()).isEqualTo(300);
    assertThat(result.get("accuracy_of_windows").asDouble()).isGreaterThan(0.5);
    assertThat(result.get("accuracy_of_stream").asDouble()).isGreaterThan(0.4);
    assertThat(result.get("difference").asDouble()).isCloseTo(0, within(1e-6));
  }

  @Test
  void servesWithNothingOfOurs() throws Exception {
    String source = Files.readString(Path.of("examples/java/keras/examples/EchoService.java"));

    assertThat(source.lines().filter(line -> line.startsWith("import")))
        .isNotEmpty()
        .allMatch(
            line -> line.startsWith("import java.") || line.startsWith("import org.tensorflow."));
  }
}
