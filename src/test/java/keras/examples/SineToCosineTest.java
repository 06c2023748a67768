package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SineToCosineTest {

  @TempDir private Path folder;

  @Test
  void learnsInAFewEpochsAndWritesThePlot() throws Exception {
    Path plot = folder.resolve("plots").resolve("sine-to-cosine.png");
    ExampleRun run =
        ExampleRun.of("sine-to-cosine", "--epochs", "2", "--seed", "1", "--plot", plot.toString());

    assertThat(run.count("Epoch 2/2")).isPositive();
    assertThat(Files.size(plot)).isPositive();
    JsonNode result = run.result();
    assertThat(result.get("example").asText()).isEqualTo("sine-to-cosine");
    assertThat(result.get("seconds").asDouble()).isPositive();
    assertThat(result.get("last_loss").asDouble())
        .isLessThan(0.8 * result.get("first_loss").asDouble());
    assertThat(result.get("mse_original").asDouble()).isBetween(0.4, 0.6);
    assertThat(result.get("mse_sequences").asDouble()).isLessThan(0.5);
    assertThat(result.get("mse_stepwise").asDouble()).isLessThan(0.5);
  }
}
