package keras.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * A process that is killed while it saves leaves the old file or the new one. A few times here;
 * profile {@code fuzz} does it 200 times.
 */
class KilledTest {

  private static final int MOMENTS = Integer.getInteger("kill.moments", 3);

  /** A round of saving takes some of these. */
  private static final int LONGEST_MILLIS = 60;

  @TempDir Path folder;

  @Test
  void leavesTheOldFileOrTheNewOne() throws IOException, InterruptedException {
    List<Path> files =
        List.of(folder.resolve("m.keras"), folder.resolve("m.weights.h5"), folder.resolve("m.h5"));
    Random random = new Random(MOMENTS);
    int unfinished = 0;
    for (int i = 0; i < MOMENTS; i++) {
      killAfter(random.nextInt(LONGEST_MILLIS), files);
      for (Path file : files) {
        checkWhole(file);
      }
      unfinished += leftovers();
    }
    System.out.printf("%d kills, %d of them while a file was written%n", MOMENTS, unfinished);
    assertThat(unfinished).isLessThanOrEqualTo(2 * MOMENTS);
  }

  private static void killAfter(int millis, List<Path> files)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                SavesForEver.class.getName(),
                files.get(0).toString(),
                files.get(1).toString(),
                files.get(2).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("saving");
      assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS)).isFalse();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void checkWhole(Path file) {
    boolean weights = file.toString().endsWith(".weights.h5");
    try (Model model = weights ? SavesForEver.model() : Models.loadModel(file)) {
      if (weights) {
        model.loadWeights(file);
      }
      List<FloatNdArray> all = model.getWeights();
      float number = all.get(0).getFloat(0, 0);
      assertThat(number).isGreaterThanOrEqualTo(1);
      for (FloatNdArray array : all) {
        assertThat(FloatArrays.values(array)).containsOnly(number);
      }
    }
  }

  /** Deletes files that were being written beside the others. */
  private int leftovers() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> found = all.filter(path -> path.toString().endsWith(".tmp")).toList();
      for (Path path : found) {
        Files.delete(path);
      }
      return found.isEmpty() ? 0 : 1;
    }
  }
}
