package keras.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each number tuned by measurement rests on a line of the notes. */
class TuningTest {

  private static final Path SOURCE = Path.of("src/main/java/keras/internal/graph/Tuning.java");

  @Test
  void eachNumberNamesALineOfTheNotes() throws IOException {
    String notes = Files.readString(Path.of("bench/NOTES.md"));
    String source = Files.readString(SOURCE);
    Matcher quoted = Pattern.compile("Notes:\\s+\\*?\\s*\"([^\"]+)\"").matcher(source);
    int count = 0;
    while (quoted.find()) {
      assertThat(notes).contains(quoted.group(1).replaceAll("\\s+\\* ", " "));
      count++;
    }
    assertThat(count).isEqualTo(Tuning.class.getFields().length).isPositive();
  }
}
