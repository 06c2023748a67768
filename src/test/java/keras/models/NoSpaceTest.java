package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.tensorflow.ndarray.NdArrays.vectorOf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import keras.layers.Dense;
import keras.layers.Input;
import keras.testing.JavaProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.StdArrays;

class NoSpaceTest {

  private static final Path SHELL = Path.of("/bin/bash");

  @TempDir private Path folder;

  /** Where nobody can make a file. */
  @ParameterizedTest
  @ValueSource(strings = {"m.keras", "m.h5", "m.weights.h5", "m.onnx", "exported"})
  void saysWhereItCannotWrite(String name) {
    Path proc = Path.of("/proc/self");
    assumeThat(proc).isDirectory();
    try (Sequential model = new Sequential(new Input(shape(2)), new Dense(1))) {
      Path path = proc.resolve(name);
      assertThatThrownBy(
              () -> {
                if (name.endsWith(".weights.h5")) {
                  model.saveWeights(path);
                } else if (name.equals("m.keras") || name.equals("m.h5")) {
                  model.save(path);
                } else {
                  model.export(
                      path, o -> o.format(name.equals("m.onnx") ? "onnx" : "tf_saved_model"));
                }
              })
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(name);
      assertThat(model.predictOnBatch(new float[1][2]).shape().get(0)).isEqualTo(1);
    }
  }

  /** Linux lets a locked file be replaced, Windows does not: the file is whole in both. */
  @ParameterizedTest
  @ValueSource(strings = {"m.keras", "m.h5"})
  void leavesAFileWholeThatSomebodyHasLocked(String name) throws IOException {
    Path path = folder.resolve(name);
    try (Sequential model = new Sequential(new Input(shape(2)), new Dense(1))) {
      model.save(path);
      float before = model.getWeights().get(0).getFloat(0, 0);
      model.setWeights(List.of(StdArrays.ndCopyOf(new float[][] {{7}, {8}}), vectorOf(9f)));
      boolean replaced = true;
      try (FileChannel held = FileChannel.open(path, StandardOpenOption.WRITE);
          FileLock lock = held.lock()) {
        model.save(path);
        assertThat(lock.isValid()).isTrue();
      } catch (UncheckedIOException e) {
        replaced = false;
        assertThat(e).hasMessageContaining(name);
      }
      try (Model loaded = Models.loadModel(path)) {
        assertThat(loaded.getWeights().get(0).getFloat(0, 0)).isEqualTo(replaced ? 7 : before);
      }
    }
  }

  /** In a process that may write no file larger than 64 KiB, which fails as a full disk does. */
  @Test
  void leavesTheOldFileWhereTheNewOneCannotBeWritten() throws IOException, InterruptedException {
    assumeThat(SHELL).isExecutable();
    List<String> command =
        new ArrayList<>(List.of(SHELL.toString(), "-c", "ulimit -f 64; exec \"$@\"", "java"));
    command.addAll(JavaProcess.command(SavesLarge.class, List.of("-XX:-UsePerfData"), folder));
    String printed = JavaProcess.printed(command);

    assertThat(printed.lines())
        .containsExactly(
            "m.keras: UncheckedIOException, which says why",
            "m.h5: UncheckedIOException, which says why",
            "m.weights.h5: UncheckedIOException, which says why",
            "m.onnx: UncheckedIOException, which says why",
            "exported: UncheckedIOException, which says why",
            "predicts");
    for (String name : List.of("m.keras", "m.h5", "m.weights.h5", "m.onnx")) {
      assertThat(folder.resolve(name)).hasContent("old");
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(4);
    }
  }
}
