package keras.internal.rnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import keras.testing.Golden;
import keras.testing.InGraph;
import keras.utils.FloatArrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class CudnnModeTest {

  static Stream<String> cases(CudnnMode mode) {
    return Golden.load(file(mode)).at("cases").keys().stream();
  }

  static Golden golden(CudnnMode mode, String name) {
    return Golden.load(file(mode)).at("cases").at(name);
  }

  private static String file(CudnnMode mode) {
    return "cudnn/" + mode.name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @EnumSource(names = {"LSTM", "GRU"})
  void laysOutTheParametersAsKerasDoes(CudnnMode mode) {
    Golden golden = golden(mode, "sequences");

    FloatNdArray parameters =
        InGraph.run(
                golden.arrays("weights"), (tf, weights) -> List.of(parameters(tf, mode, weights)))
            .get(0);

    // Only copies: not even the last bit may differ.
    assertThat(FloatArrays.values(parameters))
        .containsExactly(FloatArrays.values(golden.at("op").arrays("in").get(3)));
  }

  @ParameterizedTest
  @EnumSource(names = {"LSTM", "GRU"})
  void takesTheGradientApartAsItPutTheParametersTogether(CudnnMode mode) {
    Golden golden = golden(mode, "sequences");
    List<FloatNdArray> weights = golden.arrays("weights");
    List<FloatNdArray> inputs = new ArrayList<>(weights);
    inputs.add(golden.at("op").arrays("in").get(3));

    List<FloatNdArray> apart =
        InGraph.run(
            inputs,
            (tf, fed) -> {
              Operand<TFloat32> parameters = parameters(tf, mode, fed);
              List<Operand<TFloat32>> found = new ArrayList<>();
              for (int i = 0; i < weights.size(); i++) {
                found.add(InGraph.gradient(tf, parameters, fed.get(i), fed.get(3)));
              }
              return found;
            });

    for (int i = 0; i < weights.size(); i++) {
      assertThat(apart.get(i)).isEqualTo(weights.get(i));
    }
  }

  private static Operand<TFloat32> parameters(
      Ops tf, CudnnMode mode, List<Operand<TFloat32>> weights) {
    return mode.parameters(tf, weights.get(0), weights.get(1), weights.get(2));
  }
}
