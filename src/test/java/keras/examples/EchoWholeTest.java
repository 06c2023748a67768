package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class EchoWholeTest {

  @Test
  void learnsMostOfTheEchoInTwoFifthsOfItsRounds() throws Exception {
    ExampleRun run = ExampleRun.of("echo-whole", "--epochs", "200", "--seed", "1");

    assertThat(run.count("3/3 - 0s - ")).isEqualTo(10);
    assertThat(run.count("Expected: [")).isEqualTo(21);
    JsonNode result = run.result();
    assertThat(result.get("example").asText()).isEqualTo("echo-whole");
    assertThat(result.get("rounds").asInt()).isEqualTo(200);
    assertThat(result.get("seconds").asDouble()).isPositive();
    assertThat(result.get("first_loss").asDouble()).isBetween(4.5, 4.7);
    assertThat(result.get("last_loss").asDouble()).isLessThan(4.1);
    assertThat(result.get("accuracy").asDouble()).isGreaterThan(0.4);
  }

  @Test
  void printsTheLossOfEveryRoundWhenAsked() throws Exception {
    ExampleRun run = ExampleRun.of("echo-whole", "--epochs", "20", "--verbose");

    assertThat(run.count("3/3 - ")).isEqualTo(20);
  }

  @Test
  void givesTheSameFiguresWithTheSameSeed() throws Exception {
    JsonNode first = ExampleRun.of("echo-whole", "--epochs", "2", "--seed", "3").result();
    JsonNode again = ExampleRun.of("echo-whole", "--epochs", "2", "--seed", "3").result();
    JsonNode other = ExampleRun.of("echo-whole", "--epochs", "2", "--seed", "4").result();

    assertThat(again.get("last_loss")).isEqualTo(first.get("last_loss"));
    assertThat(other.get("last_loss")).isNotEqualTo(first.get("last_loss"));
  }
}
