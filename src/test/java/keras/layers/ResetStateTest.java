package keras.layers;

import static keras.layers.Input.batchShape;
import static keras.testing.Close.assertThatArray;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import keras.models.Model;
import keras.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.FloatNdArray;

/** A stateful layer goes on from states that it is given. */
class ResetStateTest {

  private static final float[][][] X = {{{1, -2}, {0.5f, 1}}, {{-1, 0.5f}, {2, 1}}};
  private static final float[][] H = {{0.1f, -0.2f, 0.3f}, {0.4f, 0.5f, -0.6f}};
  private static final float[][] C = {{-0.3f, 0.7f, 0.2f}, {0.9f, -0.1f, 0.4f}};

  static Stream<Arguments> layers() {
    return Stream.of(
        of(
            () -> new LSTM(3).stateful(true),
            List.of(H, C),
            l -> ((LSTM) l).resetState(List.of(H, C))),
        of(
            () -> new GRU(3).stateful(true),
            List.<float[][]>of(H),
            l -> ((GRU) l).resetState(List.<float[][]>of(H))),
        of(
            () -> new RNN(new LSTMCell(3)).stateful(true),
            List.of(H, C),
            l -> ((RNN) l).resetState(List.of(H, C))),
        of(
            () -> new Bidirectional(new SimpleRNN(3).stateful(true)),
            List.of(H, C),
            l -> ((Bidirectional) l).resetState(List.of(H, C))));
  }

  private static Arguments of(
      Supplier<Layer<?>> layer, List<float[][]> states, Consumer<Layer<?>> reset) {
    return Arguments.of(layer, states, reset);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void startsFromTheValuesAsFromInitialStates(
      Supplier<Layer<?>> layer, List<float[][]> states, Consumer<Layer<?>> reset) {
    Layer<?> stateful = made(layer);
    Input input = new Input(batchShape(2, 2, 2));
    List<KerasTensor> all = new ArrayList<>();
    all.add(input.tensor());
    states.forEach(state -> all.add(new Input(batchShape(2, 3)).tensor()));
    List<Object> data = new ArrayList<>();
    data.add(X);
    data.addAll(states);
    try (Model kept = new Model(input.tensor(), stateful.call(input.tensor()));
        Model given = new Model(all, made(layer).callAll(all).get(0))) {
      reset.accept(stateful);
      FloatNdArray expected = given.predictOnBatch(data);
      assertThatArray(kept.predictOnBatch(X)).isCloseTo(expected);
      reset.accept(stateful);
      assertThatArray(kept.predictOnBatch(X)).isCloseTo(expected);
    }
  }

  private static Layer<?> made(Supplier<Layer<?>> layer) {
    Utils.setRandomSeed(4);
    return layer.get();
  }

  @Test
  void refusesStatesOfAnotherShape() {
    LSTM layer = new LSTM(3).stateful(true).name("l");
    KerasTensor x = new Input(batchShape(2, 2, 2)).tensor();
    try (Model model = new Model(x, layer.call(x))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> layer.resetState(List.of(H, X)))
          .withMessageContaining("LSTM \"l\".resetState")
          .withMessageContaining("(2, 2, 2)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> layer.resetState(List.<float[][]>of(H)))
          .withMessageContaining("2 arrays");
      model.predictOnBatch(X);
    }
  }

  @Test
  void refusesValuesOfALayerThatKeepsNoStates() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new GRU(3).name("g").resetState(List.<float[][]>of(H)))
        .withMessageContaining("stateful(true)");
  }
}
