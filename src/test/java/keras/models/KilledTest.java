package keras.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keras.testing.JavaProcess;
import keras.testing.OnnxSession;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * A process that is killed while it saves leaves the old file or the new one. Once for each format
 * here; profile {@code fuzz} does it 500 times.
 */
class KilledTest {

  private static final int MOMENTS = Integer.getInteger("kill.moments", 5);

  /** Saving takes some of these. */
  private static final int LONGEST_MILLIS = 200;

  /** With so many kills in all, some find a file of each format that is not finished. */
  private static final int MANY = 500;

  @TempDir Path folder;

  @Test
  void leavesTheOldFileOrTheNewOne() throws IOException, InterruptedException {
    List<Path> files =
        Stream.of("m.keras", "m.weights.h5", "m.h5", "m.onnx", "exported")
            .map(folder::resolve)
            .toList();
    Random random = new Random(MOMENTS);
    Map<String, Integer> unfinished = new TreeMap<>();
    for (int i = 0; i < MOMENTS; i++) {
      killAfter(random.nextInt(LONGEST_MILLIS), i % files.size(), files);
      for (Path file : files.subList(0, 3)) {
        checkWhole(file);
      }
      checkWholeOnnx(files.get(3));
      checkWholeExport(files.get(4));
      leftovers().forEach(file -> unfinished.merge(file, 1, Integer::sum));
    }
    System.out.printf("%d kills, by what was being written: %s%n", MOMENTS, unfinished);
    if (MOMENTS >= MANY) {
      assertThat(unfinished).as("formats that were hit").hasSize(files.size());
    }
  }

  private static void killAfter(int millis, int format, List<Path> files)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                JavaProcess.command(
                    SavesForEver.class,
                    List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"),
                    Stream.concat(Stream.of(format), files.stream()).toArray()))
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

  private static FloatNdArray ones() {
    float[] values = new float[150];
    Arrays.fill(values, 1);
    return FloatArrays.wrap(values, 1, 150);
  }

  /** The numbers of a mixture of two files would differ. */
  private static void checkSame(FloatNdArray answer) {
    float[] values = FloatArrays.values(answer);
    assertThat(values).hasSize(20).containsOnly(values[0]);
    assertThat(values[0]).isGreaterThanOrEqualTo(1);
  }

  private static void checkWholeOnnx(Path file) {
    try (OnnxSession session = OnnxSession.load(file)) {
      checkSame(session.run(Map.of("keras_tensor", ones())).get("output_0"));
    }
  }

  /** A folder cannot be replaced at once: for a moment, the old one is beside. */
  private void checkWholeExport(Path exported) throws IOException {
    Path there = exported;
    if (!Files.exists(exported)) {
      try (Stream<Path> all = Files.list(folder)) {
        there =
            all.filter(path -> path.getFileName().toString().startsWith(".exported.old-"))
                .findFirst()
                .orElseThrow();
      }
    }
    try (ServedModel served = ServedModel.load(there)) {
      checkSame(served.call("serving_default", Map.of("keras_tensor", ones())).get("output_0"));
    }
  }

  /** Deletes what was being written beside the others, and says what it was. */
  private Set<String> leftovers() throws IOException {
    List<Path> found;
    try (Stream<Path> all = Files.list(folder)) {
      found =
          all.filter(
                  path ->
                      path.toString().endsWith(".tmp")
                          || path.getFileName().toString().startsWith(".exported."))
              .toList();
    }
    for (Path path : found) {
      try (Stream<Path> inside = Files.walk(path)) {
        for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    return found.stream().map(KilledTest::format).collect(Collectors.toSet());
  }

  /** Returns what a file beside the others was to become; an archive has files of its own. */
  private static String format(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(".exported")
        ? "exported"
        : name.replaceAll("(\\.[0-9a-f]+\\.tmp)+$", "");
  }
}
