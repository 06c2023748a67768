package keras.internal.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blocks of docs/functional.md compile and run, one after the other. */
class FunctionalGuideTest {

  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void runsFromTheFirstBlockToTheLast(@TempDir Path sources) throws Exception {
    StringBuilder imports = new StringBuilder();
    StringBuilder body = new StringBuilder();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("docs", "functional.md")));
    while (block.find()) {
      (imports.isEmpty() ? imports : body).append(block.group(1));
    }
    String source =
        imports
            + "public final class Page {\nprivate Page() {}\npublic static Object run() {\n"
            + body
            + "return List.of(alarmsPredicted.shape(), codes.shape(), probabilities.shape(),"
            + " attention.outputShape(), tagger.outputShape());\n}\n}\n";
    Object shapes = CompiledSource.of(sources, "Page", source).call("run");
    assertThat(shapes).hasToString("[[64, 1], [5, 8], [1, 1, 40], [-1, 1], [-1, -1, 3]]");
  }
}
