package keras.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import keras.testing.JavaProcess;
import org.junit.jupiter.api.Test;

class HeapExhaustedTest {

  /** In a JVM of its own, whose heap is small. */
  @Test
  void leavesTheModelAndOthersUsable() throws IOException, InterruptedException {
    String printed =
        JavaProcess.printed(JavaProcess.command(HeapExhausted.class, List.of("-Xmx64m")));
    assertThat(printed).isEqualTo("exhausted, predicts, trains, another trains, closed");
  }
}
