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
  void airlineStateful() throws Exception {
    JsonNode result = result("airline-stateful", 3, 1);

    assertThat(result.get("train_score").asDouble()).isCloseTo(70.29, within(0.01));
    assertThat(result.get("test_score").asDouble()).isCloseTo(114.01, within(0.01));
    assertThat(result.get("loss").asDouble()).isCloseTo(0.0158352759, within(1e-6));
  }

  @Test
  void householdPower() throws Exception {
    JsonNode result = result("household-power", 3, 1);

    assertThat(result.get("rmse").asDouble()).isCloseTo(3.089, within(0.001));
    assertThat(result.get("saturday_rmse").asDouble()).isCloseTo(3.450, within(0.001));
    assertThat(result.get("week_before_rmse").asDouble()).isCloseTo(1.342, within(0.001));
    assertThat(result.get("loss").asDouble()).isCloseTo(0.3619035, within(1e-5));
  }

  @Test
  void lstmStateful() throws Exception {
    JsonNode result = result("lstm-stateful", 3, 1);

    assertThat(result.get("mse_stateful").asDouble()).isCloseTo(2.630508e-4, within(1e-8));
    assertThat(result.get("mse_stateless").asDouble()).isCloseTo(8.273225e-4, within(1e-8));
  }

  @Test
  void airPollution() throws Exception {
    JsonNode result = result("air-pollution", 3, 1);

    assertThat(result.get("test_rmse").asDouble()).isCloseTo(37.278, within(0.002));
    assertThat(result.get("persistence_rmse").asDouble()).isCloseTo(12.830, within(0.001));
    assertThat(result.get("val_loss").asDouble()).isCloseTo(0.178379, within(1e-5));
  }

  @Test
  void mnistIrnn() throws Exception {
    JsonNode result = result("mnist-irnn", 3, 1);

    assertThat(result.get("test_score").asDouble()).isCloseTo(2.2125068, within(1e-4));
    assertThat(result.get("test_accuracy").asDouble()).isCloseTo(0.088, within(0.005));
  }

  @Test
  void temperature() throws Exception {
    JsonNode result = result("temperature", 3, 1);

    assertThat(result.get("test_mae").asDouble()).isCloseTo(2.4947, within(1e-3));
    assertThat(result.get("naive_mae").asDouble()).isCloseTo(1.3024, within(1e-4));
    assertThat(result.get("loss").asDouble()).isCloseTo(0.134443, within(1e-5));
  }

  @Test
  void anomalies() throws Exception {
    JsonNode result = result("anomalies", 2, 1);

    assertThat(result.get("threshold").asDouble()).isCloseTo(0.64098, within(2e-4));
    assertThat(result.get("recall").asDouble()).isCloseTo(0.7609, within(0.005));
    assertThat(result.get("loss").asDouble()).isCloseTo(0.62339, within(1e-5));
  }
}
