package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Seq2SeqTest {

  @ParameterizedTest
  @CsvSource({
    "0, zero, zéro",
    "21, twenty one, vingt et un",
    "71, seventy one, soixante et onze",
    "80, eighty, quatre vingts",
    "81, eighty one, quatre vingt un",
    "99, ninety nine, quatre vingt dix neuf",
    "200, two hundred, deux cents",
    "201, two hundred one, deux cent un",
    "1000, one thousand, mille",
    "1985, one thousand nine hundred eighty five, mille neuf cent quatre vingt cinq"
  })
  void knowsNumbersInWords(int number, String english, String french) {
    assertThat(NumberWords.english(number)).isEqualTo(english);
    assertThat(NumberWords.french(number)).isEqualTo(french);
  }

  @Test
  void trainsAndAnswersWithTheSameLayers() throws Exception {
    ExampleRun run = ExampleRun.of("seq2seq", "--epochs", "2", "--seed", "1");

    JsonNode result = run.result();
    assertThat(result.get("loss").asDouble()).isLessThan(1.5);
    assertThat(result.get("exact").asDouble()).isBetween(0.0, 1.0);
  }
}
