package keras.internal.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WarningsTest {

  private static List<String> shown(boolean withLogging) throws Exception {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String path =
        Stream.of(classes.split(File.pathSeparator))
            .filter(each -> withLogging || !each.contains("slf4j-simple"))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                path,
                WarnsTwice.class.getName())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return text.lines().filter(line -> !line.startsWith("SLF4J")).toList();
  }

  @Test
  void showsEachWarningOnceInAProgramWithoutLogging() throws Exception {
    assertThat(shown(false))
        .containsExactly("keras-java: 1 of two is missing.", "keras-java: Something else.");
  }

  @Test
  void leavesWarningsToTheLoggingOfAProgramThatHasOne() throws Exception {
    assertThat(shown(true))
        .hasSize(3)
        .allMatch(line -> line.contains("WARN") && line.contains("WarnsTwice"));
  }
}
