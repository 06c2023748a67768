package keras.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import keras.testing.JavaProcess;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process holds no more memory the longer it works; profile {@code memory} has it work longer.
 */
class MemoryTest {

  private static final int LONGER = Integer.getInteger("memory.longer", 1);

  /** Those of models that were forgotten a moment ago. */
  private static final long FEW = 100;

  @TempDir private Path folder;

  /**
   * In a JVM of its own, whose heap has its full size from the start and whose compiler takes
   * little memory: what grows is TensorFlow's.
   */
  @ParameterizedTest
  @CsvSource({"FITS, 2000", "PREDICTIONS, 20000", "MODELS, 200", "LOADS, 40"})
  void staysTheSameHoweverOften(Work.Kind kind, int times)
      throws IOException, InterruptedException {
    assumeThat(Files.isReadable(Path.of("/proc/self/status"))).isTrue();
    List<String> flags =
        List.of(
            "-Xms128m",
            "-Xmx128m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1");
    String printed =
        JavaProcess.printed(
            JavaProcess.command(Work.class, flags, kind.name(), times * LONGER, folder));
    List<Long> found = printed.lines().map(Long::valueOf).toList();
    assertThat(found).hasSize(4);
    assertThat(found.get(2)).as("kilobytes").isLessThan(found.get(0) * 105 / 100);
    assertThat(found.get(3)).as("native handles").isLessThanOrEqualTo(found.get(1) + FEW);
  }
}
