package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextNumberTest {

  @TempDir private Path folder;

  @Test
  void learnsInAFewEpochsAndWritesThePlot() throws Exception {
    Path plot = folder.resolve("plots").resolve("next-number.png");
    ExampleRun run =
        ExampleRun.of("next-number", "--epochs", "5", "--seed", "1", "--plot", plot.toString());

    assertThat(run.count("Epoch 5/5")).isPositive();
    assertThat(Files.size(plot)).isPositive();
    JsonNode result = run.result();
    assertThat(result.get("example").asText()).isEqualTo("next-number");
    assertThat(result.get("seconds").asDouble()).isPositive();
    assertThat(result.get("last_loss").asDouble())
        .isLessThan(0.8 * result.get("first_loss").asDouble());
    assertThat(result.get("prediction").asDouble()).isFinite();
  }
}
