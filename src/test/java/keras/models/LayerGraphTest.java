package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.KerasTensor;
import org.junit.jupiter.api.Test;

/** A graph of layers ends at its inputs. */
class LayerGraphTest {

  private final Input input = new Input(shape(2)).name("start");
  private final Dense first = new Dense(3).name("first");
  private final Dense second = new Dense(4).name("second");
  private final KerasTensor a = input.tensor();
  private final KerasTensor b = first.call(a);
  private final KerasTensor c = second.call(b);

  @Test
  void hasTheLayersBetweenInnerTensorsAlone() {
    assertThat(new LayerGraph(List.of(b), List.of(c)).layers()).isEqualTo(List.of(second));
    assertThat(new LayerGraph(List.of(a), List.of(b)).layers()).isEqualTo(List.of(input, first));
    assertThat(new LayerGraph(List.of(a), List.of(c)).layers())
        .isEqualTo(List.of(input, first, second));
  }

  @Test
  void hasNoLayersWhereAnInputIsAnOutput() {
    assertThat(new LayerGraph(List.of(b), List.of(b)).layers()).isEmpty();
  }

  @Test
  void namesTheLayerAndTheTensorWhereItIsDisconnected() {
    KerasTensor other = new Input(shape(4)).name("other").tensor();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayerGraph(List.of(other), List.of(c)))
        .withMessage(
            """
            Dense "first": the graph of layers is disconnected.
              expected: tensors that depend on the model's inputs alone
              got:      a tensor of Input "start", which is not among them
              fix:      add this tensor to the model's inputs""");
  }
}
