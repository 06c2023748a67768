package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Well-known scripts, ported whole, reach the figures that {@code examples/python} prints with
 * Keras 3.15.1 for the same seed and as many epochs.
 */
class WholeScriptsTest {

  @TempDir private Path folder;

  private JsonNode result(String name, int epochs, int seed) throws Exception {
    Path plot = folder.resolve(name + ".png");
    ExampleRun run =
        ExampleRun.of(
            name,
            "--epochs",
            String.valueOf(epochs),
            "--seed",
            String.valueOf(seed),
            "--plot",
            plot.toString());
    assertThat(plot).isNotEmptyFile();
    return run.result();
  }

  @Test
  void airlinePassengers() throws Exception {
    JsonNode result = result("airline-passengers", 5, 7);

    assertThat(result.get("train_score").asDouble()).isCloseTo(36.36, within(0.01));
    assertThat(result.get("test_score").asDouble()).isCloseTo(104.09, within(0.01));
    assertThat(result.get("loss").asDouble()).isCloseTo(0.0053969650, within(1e-6));
  }

  @Test
  void shampooSales() throws Exception {
    JsonNode result = result("shampoo-sales", 20, 1);

    assertThat(result.get("test_score").asDouble()).isCloseTo(116.863, within(0.002));
    assertThat(result.get("loss").asDouble()).isCloseTo(0.174662, within(1e-6));
  }

  @Test
  void anomalies() throws Exception {
    JsonNode result = result("anomalies", 2, 1);

    assertThat(result.get("threshold").asDouble()).isCloseTo(0.64098, within(2e-4));
    assertThat(result.get("recall").asDouble()).isCloseTo(0.7609, within(0.005));
    assertThat(result.get("loss").asDouble()).isCloseTo(0.62339, within(1e-5));
  }
}
