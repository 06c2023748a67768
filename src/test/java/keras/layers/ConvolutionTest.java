package keras.layers;

import static keras.layers.Input.shape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import keras.constraints.MaxNorm;
import keras.models.Sequential;
import keras.testing.LayerCheck;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;

/** {@code Conv1D} and {@code Conv2D}. */
class ConvolutionTest {

  private static LayerCheck check(Layer<?> layer, String file, String name) {
    return LayerCheck.of(layer).golden("layers/" + file, name);
  }

  @Test
  void movesKernelsOverSequences() {
    check(new Conv1D(3, 2), "conv1d", "defaults").input(2, 5, 4).outputShape(2, 4, 3).run();
    check(new Conv1D(3, 3).strides(2).padding("same").activation("tanh"), "conv1d", "same, strides")
        .input(2, 6, 2)
        .outputShape(2, 3, 3)
        .run();
    check(new Conv1D(2, 3).padding("causal").dilationRate(2), "conv1d", "causal, dilation")
        .input(2, 7, 3)
        .outputShape(2, 7, 2)
        .run();
    check(new Conv1D(2, 2).dilationRate(3).useBias(false), "conv1d", "dilation")
        .input(2, 7, 3)
        .outputShape(2, 4, 2)
        .run();
    check(new Conv1D(4, 2).groups(2), "conv1d", "groups").input(2, 4, 6).outputShape(2, 3, 4).run();
    check(new Conv1D(2, 3).padding("same"), "conv1d", "several lengths").run();
  }

  @Test
  void takesTheArgumentsOfAllKernels() {
    check(
            new Conv1D(2, 2)
                .activation("relu")
                .kernelInitializer("he_normal")
                .biasInitializer("ones")
                .kernelRegularizer("l2")
                .biasRegularizer("l1")
                .activityRegularizer("l2")
                .kernelConstraint(new MaxNorm())
                .biasConstraint("non_neg"),
            "conv1d",
            "all arguments")
        .input(2, 4, 3)
        .outputShape(2, 3, 2)
        .run();
  }

  @Test
  void movesKernelsOverImages() {
    check(new Conv2D(3, 2), "conv2d", "defaults").input(2, 4, 5, 2).outputShape(2, 3, 4, 3).run();
    check(new Conv2D(2, 3, 2).strides(1, 2).padding("same"), "conv2d", "same, strides")
        .input(2, 5, 4, 3)
        .outputShape(2, 5, 2, 2)
        .run();
    check(new Conv2D(2, 2).dilationRate(2, 1).activation("relu"), "conv2d", "dilation")
        .input(1, 5, 4, 2)
        .outputShape(1, 3, 3, 2)
        .run();
    check(new Conv2D(4, 2).groups(2), "conv2d", "groups")
        .input(2, 3, 4, 4)
        .outputShape(2, 2, 3, 4)
        .run();
  }

  /** Keras cannot do this on a CPU. */
  @Test
  void takesFeaturesFirst() {
    float[][][] last = {{{1, 2}, {-1, 0.5f}, {3, -2}}};
    float[][][] first = {{{1, -1, 3}, {2, 0.5f, -2}}};
    Conv1D one = new Conv1D(2, 2);
    try (Sequential model = new Sequential(new Input(shape(3, 2)), one);
        Sequential other =
            new Sequential(new Input(shape(2, 3)), new Conv1D(2, 2).dataFormat("channels_first"))) {
      other.setWeights(model.getWeights());
      float[] expected = FloatArrays.values(model.predictOnBatch(last));
      FloatNdArray actual = other.predictOnBatch(first);
      assertThatArray(actual)
          .isCloseTo(
              FloatArrays.wrap(
                  new float[] {expected[0], expected[2], expected[1], expected[3]}, 1, 2, 2));
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conv1D(3, 2).groups(2))
        .withMessageContaining("a divisor of 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conv2D(3, 2).padding("causal"))
        .withMessageContaining("\"causal\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conv2D(3, 1, 2, 3))
        .withMessageContaining("kernelSize");
    Input two = new Input(shape(2, 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conv1D(3, 5).call(two.tensor()))
        .withMessageContaining("at least 5 elements along dimension 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conv1D(3, 2).strides(2).dilationRate(2).call(two.tensor()))
        .withMessageContaining("cannot both be above 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conv2D(3, 2).call(two.tensor()))
        .withMessageContaining("(batch, rows, columns, features)");
  }
}
