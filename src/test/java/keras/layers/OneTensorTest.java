package keras.layers;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import keras.models.Model;
import keras.ops.Ops;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

/** Layers and functions that put tensors together, of one alone. */
class OneTensorTest {

  private static final float[][][] X = {{{1, -2, 3}, {4, 5, -6}}};

  private static FloatNdArray predicted(UnaryOperator<KerasTensor> way) {
    KerasTensor x = new Input(shape(2, 3)).tensor();
    try (Model model = new Model(x, way.apply(x))) {
      return model.predictOnBatch(X);
    }
  }

  static Stream<Merge<?>> merges() {
    return Stream.of(
        new Add(),
        new Multiply(),
        new Average(),
        new Maximum(),
        new Minimum(),
        new Concatenate(),
        new Concatenate().axis(1));
  }

  @ParameterizedTest
  @MethodSource("merges")
  void isWhatComesOutOfAMerge(Merge<?> merge) {
    FloatNdArray output = predicted(x -> merge.call(List.of(x)));

    assertThat(FloatArrays.values(output)).containsExactly(1, -2, 3, 4, 5, -6);
  }

  @Test
  void keepsItsMaskInAConcatenate() {
    FloatNdArray output =
        predicted(
            x ->
                new SimpleRNN(1)
                    .useBias(false)
                    .activation("linear")
                    .kernelInitializer("ones")
                    .recurrentInitializer("ones")
                    .call(new Concatenate().call(List.of(new Masking().maskValue(0).call(x)))));

    assertThat(FloatArrays.values(output)).containsExactly(5);
  }

  @Test
  void isWhatComesOutOfConcatenate() {
    FloatNdArray output = predicted(x -> Ops.concatenate(List.of(x), -1));

    assertThat(FloatArrays.values(output)).containsExactly(1, -2, 3, 4, 5, -6);
  }

  @Test
  void getsAnAxisFromStack() {
    FloatNdArray output = predicted(x -> Ops.stack(List.of(x), 1));

    assertThat(output.shape().asArray()).containsExactly(1, 1, 2, 3);
  }

  @Test
  void isWhatAnAdaptivePoolOfOneGives() {
    FloatNdArray output = predicted(x -> new AdaptiveAveragePooling1D(1).call(x));

    assertThat(FloatArrays.values(output)).containsExactly(2.5f, 1.5f, -1.5f);
  }
}
