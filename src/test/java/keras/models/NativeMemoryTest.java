package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import keras.layers.Dense;
import keras.layers.GlobalMaxPooling1D;
import keras.layers.Input;
import keras.layers.RepeatVector;
import keras.testing.JavaProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeMemoryTest {

  private static final Path OVERCOMMIT = Path.of("/proc/sys/vm/overcommit_memory");

  /** A tensor of half a terabyte. */
  @Test
  void saysThatThereIsNotEnoughAndLeavesTheModelUsable() throws IOException {
    // Where the system promises memory that it has not, it ends the process later.
    assumeThat(OVERCOMMIT).isReadable();
    assumeThat(Files.readString(OVERCOMMIT).strip()).isNotEqualTo("1");
    try (Sequential model =
            new Sequential(
                new Input(shape(1)), new RepeatVector(500_000_000), new GlobalMaxPooling1D());
        Sequential another = new Sequential(new Input(shape(1)), new Dense(1))) {
      assertThatThrownBy(() -> model.predictOnBatch(new float[256][1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("OOM when allocating tensor");
      assertThat(another.predictOnBatch(new float[2][1]).shape().get(0)).isEqualTo(2);
      assertThatThrownBy(() -> model.predictOnBatch(new float[256][1]))
          .hasMessageContaining("OOM when allocating tensor");
    }
  }

  /** In a process that may have little more memory than it has when it begins to train. */
  @Test
  void losesNothingWhereTheSystemRefusesMemory(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeThat(Path.of("/usr/bin/prlimit")).isExecutable();
    String printed =
        JavaProcess.printed(
            JavaProcess.command(
                RefusedMemory.class,
                List.of("-Xms900m", "-Xmx900m", "-XX:+AlwaysPreTouch"),
                folder));

    // Either keras-java asks for the tensor that does not fit, or one of TensorFlow's kernels.
    assertThat(printed)
        .matches(
            "(fit: (TensorFlow: there is no memory left outside of Java's heap\\."
                + "|fit: TensorFlow failed: OOM when allocating .*)\\R){2}"
                + "saved: true\\Ranother goes on\\R?");
  }
}
