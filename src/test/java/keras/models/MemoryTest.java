package keras.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {

  /**
   * In a JVM of its own, whose heap has its full size from the start and whose compiler takes
   * little memory: what grows is TensorFlow's.
   */
  @Test
  void holdsNoMoreMemoryAfterThousandsOfFitCalls() throws IOException, InterruptedException {
    assumeThat(Files.isReadable(Path.of("/proc/self/status"))).isTrue();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EchoMemory.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    List<Long> kilobytes = printed.lines().map(Long::valueOf).toList();
    assertThat(kilobytes).hasSize(2);
    assertThat(kilobytes.get(1)).isLessThan(kilobytes.get(0) * 105 / 100);
  }
}
