package keras.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tensorflow.TensorFlow;

class NativeLibraryTest {

  @Test
  void loadsTheTensorFlowThatTheDependencyPromises() {
    assertThat(TensorFlow.version()).startsWith("2.18.");
  }
}
