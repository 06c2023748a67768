package keras.layers;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keras.backend.LayerContext;
import keras.models.Sequential;
import keras.testing.Golden;
import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class RNNTest {

  static Stream<String> cases() {
    return Golden.load("layers/rnn").at("cases").sample().stream();
  }

  /** A gradient that is 70 times smaller than its terms carries the rounding of 43 timesteps. */
  private static double tolerance(String name) {
    return name.startsWith("Stacked") && name.endsWith("many timesteps") ? 3e-5 : 1e-5;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsKeras(String name) {
    Golden golden = Golden.load("layers/rnn").at("cases").at(name);
    Map<?, ?> config = new JsonMapper().convertValue(golden.at("config").json(), Map.class);
    String className = golden.text("layer").replaceFirst("\\(.*", "");
    Layer<?> layer = Layers.deserialize(Map.of("class_name", className, "config", config));
    LayerCheck.of(layer).within(tolerance(name)).golden("layers/rnn", name).run();
  }

  @Test
  void isCopiedForBothDirectionsWithAllItsCells() {
    Bidirectional both =
        new Bidirectional(new RNN(List.of(new GRUCell(3), new LSTMCell(2))).returnSequences(true));
    assertThat(both.call(new Input(Input.shape(4, 5)).tensor()).shape().asArray())
        .containsExactly(-1, 4, 4);
    assertThat(both.weights()).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void refusesALayerThatIsNoCell() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RNN(List.of(new Dense(2))))
        .withMessageStartingWith("StackedRNNCells: these are not all cells.");
  }

  /** A layer of one's own that calls a cell itself. */
  private static final class OneStep extends Layer<OneStep> {
    @Override
    protected void build(Shape inputShape) {}

    @Override
    protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
      return new LSTMCell(3).call(context, inputs, List.of(inputs, inputs)).output();
    }
  }

  @Test
  void saysThatACellIsForAnRNN() {
    try (Sequential model = new Sequential(new Input(shape(3)), new OneStep())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.predictOnBatch(new float[1][3]))
          .withMessageContaining("a cell is called by an RNN")
          .withMessageContaining("new RNN(cell)");
    }
  }
}
