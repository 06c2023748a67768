package keras.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DevicesTest {

  @Test
  void seesTheProcessorOfThisMachine() {
    assertThat(Devices.types()).contains("CPU");
  }

  @Test
  void knowsWhichOpsTheNativesCanRun() {
    assertThat(Devices.hasKernels("MatMul")).isTrue();
    assertThat(Devices.hasKernels("NoSuchOp")).isFalse();
  }

  @Test
  void hasAGpuWhereTensorFlowSeesOneAndHasKernelsForIt() {
    boolean expected = Devices.types().contains("GPU") && Devices.hasKernels("CudnnRNNV3");

    assertThat(Devices.haveGpu()).isEqualTo(expected);
    try (Engine engine = new Engine()) {
      assertThat(engine.hasGpu()).isEqualTo(expected);
      assertThat(engine.program().onGpu()).isEqualTo(expected);
    }
  }
}
