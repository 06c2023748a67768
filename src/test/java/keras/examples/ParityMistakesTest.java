package keras.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ParityMistakesTest {

  private static final Path GUIDE = Path.of("docs", "porting-from-keras.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");

  @Test
  void findsBothMistakesAndPrintsWhatTheGuideShows() throws Exception {
    ExampleRun run = ExampleRun.of("parity");

    JsonNode result = run.result();
    assertThat(result.get("agreed_steps").asInt()).isEqualTo(5);
    assertThat(result.get("wrong_activation").asText())
        .isEqualTo("TimeDistributed \"time_distributed\"");
    assertThat(result.get("swapped_gates").asText()).isEqualTo("LSTM \"lstm\"");
    String printed = rounded(String.join("\n", run.lines()));
    List<String> shown = blocks("text");
    assertThat(shown).hasSize(2);
    shown.forEach(block -> assertThat(printed).contains(rounded(block)));
  }

  @Test
  void theFunctionInTheGuideIsTheOneThatWroteTheBundles() throws IOException {
    assertThat(blocks("python")).containsExactly(read(Path.of("testdata", "write_bundle.py")));
  }

  /** The blocks of the guide's section, by language. */
  private static List<String> blocks(String language) throws IOException {
    String guide = read(GUIDE);
    int start = guide.indexOf("\n## When the numbers differ\n");
    String section = guide.substring(start, guide.indexOf("\n## ", start + 1));
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(section);
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).replace("\r\n", "\n");
  }

  /** Processors round differently: four digits are enough, and the size of what agrees is not. */
  private static String rounded(String text) {
    return text.replaceAll("(\\.\\d{4})\\d+", "$1").replaceAll("(difference is) \\S+", "$1");
  }
}
