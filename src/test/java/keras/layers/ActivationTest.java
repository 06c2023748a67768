package keras.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.activations.Activations;
import keras.models.Model;
import keras.ops.Ops;
import keras.testing.LayerCheck;
import keras.utils.FloatArrays;
import org.junit.jupiter.api.Test;

class ActivationTest {

  @Test
  void putsEachNumberThroughTheFunction() {
    LayerCheck.of(new Activation("relu"))
        .golden("layers/activation", "relu")
        .input(2, 3, 4)
        .outputShape(2, 3, 4)
        .run();
  }

  @Test
  void passesAMaskOn() {
    LayerCheck.of(new Activation(Activations.softmax()))
        .golden("layers/activation", "softmax")
        .input(2, 3, 4)
        .outputShape(2, 3, 4)
        .run();
  }

  @Test
  void doesNothingForNull() {
    LayerCheck.of(new Activation("linear"))
        .golden("layers/activation", "none")
        .input(2, 4)
        .outputShape(2, 4)
        .run();
  }

  @Test
  void rejectsAnUnknownName() {
    assertThatThrownBy(() -> new Activation("rellu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("activation \"rellu\" is not known. Did you mean \"relu\"?");
  }

  @Test
  void isFixedOnceItIsInUse() {
    Activation layer = new Activation("relu");
    layer.call(new Input(Input.shape(3)).tensor());
    assertThat(layer.name()).startsWith("activation");
    assertThatThrownBy(() -> layer.name("mine"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            """
            %s.name: the layer is in use already, its arguments are fixed.
              expected: name(...) right after the constructor
              got:      a call after the layer was added to a model or called
              fix:      move .name(...) to where the layer is made"""
                .formatted(layer));
  }

  /** Keras 3.15.1 gives 1.5. */
  @Test
  void takesASingleNumberWhereADenseRefusesIt() {
    KerasTensor in = new Input(Input.shape(3)).tensor();
    KerasTensor mean = Ops.mean(in);
    try (Model model = new Model(in, new Activation("relu").call(mean))) {
      assertThat(FloatArrays.values(model.predictOnBatch(new float[][] {{1, 2, 1.5f}})))
          .containsExactly(1.5f);
    }
    assertThatThrownBy(() -> new Dense(2).call(mean))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dense");
  }
}
