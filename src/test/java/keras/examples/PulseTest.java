package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PulseTest {

  @TempDir private Path folder;

  @Test
  void learnsInAFewEpochsAndComparesTheLengths() throws Exception {
    Path plot = folder.resolve("plots").resolve("pulse.png");
    ExampleRun run =
        ExampleRun.of("pulse", "--epochs", "8", "--seed", "1", "--plot", plot.toString());

    assertThat(run.count("Epoch 8/8")).isEqualTo(2);
    assertThat(run.count("    19  ")).isEqualTo(1);
    assertThat(Files.size(plot)).isPositive();
    JsonNode result = run.result();
    assertThat(result.get("example").asText()).isEqualTo("pulse");
    assertThat(result.get("seconds").asDouble()).isPositive();
    assertThat(result.get("last_loss").asDouble())
        .isLessThan(0.5 * result.get("first_loss").asDouble());
    assertThat(result.get("accuracies_as_written")).hasSize(15);
    assertThat(result.get("worst_remedy").asDouble()).isEqualTo(1);
    assertThat(result.get("worst_as_written").asDouble()).isLessThan(0.9);
  }
}
