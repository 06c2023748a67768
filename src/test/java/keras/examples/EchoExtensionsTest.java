package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples that compare several models, each run for a moment. */
class EchoExtensionsTest {

  @ParameterizedTest
  @CsvSource({
    "echo-linear, 40, 'linear one_hot'",
    "echo-longer, 30, 'three four'",
    "echo-masked, 80, 'masked unmasked dropped'",
    "echo-stateless, 40, 'stateful stateless stateless_single'",
    "echo-topologies, 30, 'time_distributed one_vector timesteps_as_features"
        + " scaled_timesteps_as_features'"
  })
  void learnsWithEachOfItsModels(String example, int rounds, String models) throws Exception {
    ExampleRun run = ExampleRun.of(example, "--epochs", Integer.toString(rounds), "--seed", "1");

    JsonNode result = run.result();
    assertThat(result.get("example").asText()).isEqualTo(example);
    assertThat(result.get("rounds").asInt()).isEqualTo(rounds);
    assertThat(result.get("seconds").asDouble()).isPositive();
    assertThat(run.count("model ")).as("tables").isEqualTo(1);
    for (String model : models.split(" ", -1)) {
      JsonNode figures = result.get(model);
      assertThat(figures).as(model).isNotNull();
      assertThat(figures.get("last_loss").asDouble())
          .as("last loss of " + model)
          .isLessThan(0.995 * figures.get("first_loss").asDouble());
      assertThat(figures.get("accuracy").asDouble()).as(model).isBetween(0.0, 1.0);
      assertThat(figures.get("parameters").asInt()).as(model).isPositive();
    }
  }
}
