package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedContinuationTest {

  @TempDir private Path folder;

  @Test
  void learnsInAFewEpochsAndWritesThePlot() throws Exception {
    Path plot = folder.resolve("plots").resolve("seed-continuation.png");
    ExampleRun run =
        ExampleRun.of(
            "seed-continuation", "--epochs", "10", "--seed", "1", "--plot", plot.toString());

    assertThat(run.count("Epoch 10/10")).isPositive();
    assertThat(Files.size(plot)).isPositive();
    JsonNode result = run.result();
    assertThat(result.get("example").asText()).isEqualTo("seed-continuation");
    assertThat(result.get("seconds").asDouble()).isPositive();
    assertThat(result.get("last_loss").asDouble())
        .isLessThan(0.8 * result.get("first_loss").asDouble());
    assertThat(result.get("mean_mse").asDouble()).isBetween(0.7, 1.1);
    assertThat(result.get("val_mse").asDouble()).isLessThan(result.get("mean_mse").asDouble());
  }
}
