package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The examples of texts, pictures and attention learn, in fewer rounds than by default. */
class SequenceExamplesTest {

  private static JsonNode result(String name, String epochs) throws Exception {
    return ExampleRun.of(name, "--epochs", epochs, "--seed", "1").result();
  }

  @Test
  void attentionSeq2SeqRewritesDates() throws Exception {
    assertThat(result("attention-seq2seq", "2").get("exact").asDouble()).isGreaterThan(0.3);
  }

  @Test
  void sentimentUnderstandsUnseenReviews() throws Exception {
    JsonNode result = result("sentiment", "2");
    assertThat(result.get("unseen_accuracy").asDouble()).isGreaterThan(0.95);
    assertThat(result.get("last_loss").asDouble()).isLessThan(0.2);
  }

  @Test
  void textGenerationWritesWords() throws Exception {
    ExampleRun run = ExampleRun.of("text-generation", "--epochs", "1", "--seed", "1");
    JsonNode result = run.result();
    assertThat(result.get("last_loss").asDouble()).isLessThan(1.5);
    assertThat(result.get("words").asDouble()).isGreaterThan(0.7);
    assertThat(run.count("1, ")).isEqualTo(3);
  }

  @Test
  void forecastIsBetterThanTheDayBefore() throws Exception {
    JsonNode result = result("forecast-cnn-lstm", "2");
    assertThat(result.get("error").asDouble())
        .isLessThan(0.6 * result.get("last_day_error").asDouble());
  }

  @Test
  void nextFrameSeesSquaresMove() throws Exception {
    JsonNode result = result("next-frame", "3");
    // One that says of each pixel how often it is set has a loss of 0.2.
    assertThat(result.get("last_loss").asDouble()).isLessThan(0.17);
    assertThat(result.get("last_overlap").asDouble()).isBetween(0.4, 0.5);
    assertThat(Path.of("target", "examples", "next-frame", "0.png")).isNotEmptyFile();
  }
}
